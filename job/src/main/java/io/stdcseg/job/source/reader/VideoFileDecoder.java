// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.video.decode.VideoDecoder;
import java.nio.ByteBuffer;

/**
 * Decoder of a video file: gives the pictures that FFmpeg's own tools give, whether or not the file
 * starts with a key frame. Packets that are lost in between are damage.
 */
final class VideoFileDecoder implements FrameDecoder {

    private final VideoDecoder video;
    private final boolean strict;
    private boolean first = true;
    private long firstPts;

    /**
     * @param strict whether damage is an error; if not, it is counted
     */
    VideoFileDecoder(VideoDecoder video, boolean strict) {
        this.video = video;
        this.strict = strict;
    }

    @Override
    public long announcedFrames() {
        return video.estimatedFrames();
    }

    @Override
    public double announcedSeconds() {
        return video.durationSeconds();
    }

    @Override
    public boolean advance() {
        boolean more = video.advance();
        if (strict && video.skipped() > 0) {
            throw new InputException(
                    "video "
                            + video.info().source()
                            + " is damaged after picture "
                            + video.firstDamage()
                            + "; without --on-error fail such parts are left out");
        }
        if (more && first) {
            first = false;
            firstPts = video.pts();
        }
        return more;
    }

    @Override
    public long leftOut() {
        return video.skipped();
    }

    @Override
    public Damage firstDamage() {
        return video.skipped() == 0 ? null : new Damage(video.firstDamage(), video.firstReason());
    }

    @Override
    public long number() {
        return video.number();
    }

    @Override
    public StreamInfo info() {
        return video.info();
    }

    @Override
    public long pts() {
        return video.pts();
    }

    @Override
    public double time() {
        return video.info().seconds(video.pts() - firstPts);
    }

    @Override
    public long duration() {
        return video.duration();
    }

    @Override
    public String name() {
        return null;
    }

    @Override
    public MotionField motion() {
        return video.motion();
    }

    @Override
    public void writeRgb(ByteBuffer target) {
        video.writeRgb(target);
    }

    @Override
    public void writeYuv(ByteBuffer rgb, ByteBuffer target) {
        video.writeYuv(target);
    }

    @Override
    public YuvToRgb yuvToRgb() {
        return video.yuvToRgb();
    }

    @Override
    public void close() {
        video.close();
    }
}
