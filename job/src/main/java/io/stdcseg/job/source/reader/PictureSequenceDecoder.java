// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.file.FileNames;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.source.plan.PictureTiming;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.picture.PictureReader;
import io.stdcseg.picture.PictureReader.DecodedPicture;
import io.stdcseg.store.StorePaths;
import io.stdcseg.video.convert.RgbToYuv;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Decoder of a sequence of picture files: each is shown at its tick, and keeps its size. */
final class PictureSequenceDecoder implements FrameDecoder {

    private final PlannedStream stream;
    private final PictureTiming timing;
    private int number = -1;
    private DecodedPicture picture;
    private StreamInfo info;
    private RgbToYuv yuv;

    PictureSequenceDecoder(PlannedStream stream) {
        this.stream = stream;
        this.timing = stream.timing();
    }

    @Override
    public long announcedFrames() {
        return stream.pictures().size();
    }

    @Override
    public double announcedSeconds() {
        return timing.length(stream.pictures().size());
    }

    @Override
    public boolean advance() {
        if (++number >= stream.pictures().size()) {
            return false;
        }
        closePicture();
        picture = PictureReader.open(file());
        describe(picture.width(), picture.height());
        return true;
    }

    private Path file() {
        try {
            return StorePaths.path(stream.path()).resolve(stream.pictures().get(number));
        } catch (InvalidPathException e) {
            throw FileNames.refused(e);
        }
    }

    /** Pictures of one size share their description, and what turns them into YUV. */
    private void describe(int width, int height) {
        if (info != null && info.width() == width && info.height() == height) {
            return;
        }
        closeYuv();
        info =
                new StreamInfo(
                        stream.name(),
                        stream.source(),
                        width,
                        height,
                        0,
                        timing.timeBase(),
                        timing.frameRate(),
                        new Rational(1, 1),
                        RgbToYuv.COLOR);
    }

    @Override
    public boolean skip() {
        if (number + 1 >= stream.pictures().size()) {
            return false;
        }
        number++;
        return true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public StreamInfo info() {
        return info;
    }

    @Override
    public long pts() {
        return timing.tick(number);
    }

    @Override
    public double time() {
        return timing.time(number);
    }

    @Override
    public long duration() {
        return timing.duration(number);
    }

    @Override
    public String name() {
        return stream.pictureName(number);
    }

    @Override
    public void writeRgb(ByteBuffer target) {
        picture.writeRgb(target);
    }

    @Override
    public void writeYuv(ByteBuffer rgb, ByteBuffer target) {
        if (yuv == null) {
            yuv = new RgbToYuv(info);
        }
        yuv.write(rgb, target);
    }

    @Override
    public void close() {
        closePicture();
        closeYuv();
    }

    private void closePicture() {
        if (picture != null) {
            picture.close();
            picture = null;
        }
    }

    private void closeYuv() {
        if (yuv != null) {
            yuv.close();
            yuv = null;
        }
    }
}
