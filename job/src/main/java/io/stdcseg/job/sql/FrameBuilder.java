// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.picture.Picture;
import io.stdcseg.video.NativeMemory;
import io.stdcseg.video.convert.RgbToYuv;
import java.util.HashMap;
import java.util.Map;

/**
 * Builder of segmented frames from pictures and masks, one at a time: each is given back before the
 * next. For one thread at a time.
 */
final class FrameBuilder implements AutoCloseable {

    private final Rational timeBase;
    private final Rational frameRate;
    private final Map<String, StreamInfo> infos = new HashMap<>();
    private final BufferPool pixels = new BufferPool(1, new NativeMemory());
    private final BufferPool masks = new BufferPool(1, new NativeMemory());
    private RgbToYuv yuv;
    private StreamInfo yuvInfo;

    /**
     * @param timeBase seconds a tick
     * @param frameRate nominal, frames a second
     */
    FrameBuilder(Rational timeBase, Rational frameRate) {
        this.timeBase = timeBase;
        this.frameRate = frameRate;
    }

    /**
     * Copies a picture and its mask.
     *
     * @param pts in ticks
     * @throws InputException if they are not of one size
     */
    SegmentedFrame frame(String video, long index, long pts, Picture picture, MaskFiles.Ids ids)
            throws InterruptedException {
        if (ids.width() != picture.width() || ids.height() != picture.height()) {
            throw new InputException(
                    "mask of frame "
                            + index
                            + " of "
                            + video
                            + " is "
                            + ids.width()
                            + "x"
                            + ids.height()
                            + ", its picture "
                            + picture.width()
                            + "x"
                            + picture.height()
                            + "; they must be equal");
        }
        StreamInfo info = info(video, picture);
        PooledBuffer samples = pixels.take(info.rgbBytes() + info.yuvBytes());
        Frame frame =
                new Frame(info, 0, index, pts, 0, Long.toString(index), System.nanoTime(), samples);
        picture.writeRgb(frame.rgb());
        converter(info).write(frame.rgb(), frame.yuv());
        Mask mask = new Mask(ids.width(), ids.height(), masks.take(info.maskBytes()));
        mask.ids().put(ids.ids());
        return new SegmentedFrame(frame, mask, 1);
    }

    private StreamInfo info(String video, Picture picture) {
        StreamInfo known = infos.get(video);
        if (known == null
                || known.width() != picture.width()
                || known.height() != picture.height()) {
            known =
                    new StreamInfo(
                            video,
                            video,
                            picture.width(),
                            picture.height(),
                            0,
                            timeBase,
                            frameRate,
                            new Rational(1, 1),
                            RgbToYuv.COLOR);
            infos.put(video, known);
        }
        return known;
    }

    private RgbToYuv converter(StreamInfo info) {
        if (yuv == null || !info.equals(yuvInfo)) {
            close(yuv);
            yuv = new RgbToYuv(info);
            yuvInfo = info;
        }
        return yuv;
    }

    private static void close(RgbToYuv converter) {
        if (converter != null) {
            converter.close();
        }
    }

    @Override
    public void close() {
        close(yuv);
        yuv = null;
        pixels.close();
        masks.close();
    }
}
