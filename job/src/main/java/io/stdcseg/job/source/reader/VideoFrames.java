// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.VideoDecoder;
import java.nio.ByteBuffer;

/** The pictures of a video file. */
final class VideoFrames implements FrameDecoder {

    private final VideoDecoder video;
    private boolean first = true;
    private long firstPts;

    VideoFrames(VideoDecoder video) {
        this.video = video;
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
    public void writeRgb(ByteBuffer target) {
        video.writeRgb(target);
    }

    @Override
    public void writeYuv(ByteBuffer target) {
        video.writeYuv(target);
    }

    @Override
    public void close() {
        video.close();
    }
}
