// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.encode.EncoderEffort;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentJoiner;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.OverlayStyle;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Format of real video: the colours of the classes drawn over the frames. */
public final class OverlaySegments implements SegmentFormat {

    private final OverlayStyle style;
    private final VideoFormat format;

    /** Of the frames that legends tell of. */
    private transient FrameRate rate;

    /** Draws in a style, and writes the usual format. */
    public OverlaySegments(OverlayStyle style) {
        this(style, VideoFormat.DEFAULT);
    }

    /**
     * Draws in a style.
     *
     * @param format of the video
     */
    public OverlaySegments(OverlayStyle style, VideoFormat format) {
        this.style = style;
        this.format = format;
    }

    @Override
    public String ending() {
        return format.container().ending();
    }

    @Override
    public SegmentFile create(Path file, StreamInfo info) {
        SegmentEncoder.Options options =
                SegmentEncoder.Options.DEFAULT
                        .withFormat(format)
                        .withEffort(EncoderEffort.affordable());
        if (rate == null) {
            rate = new FrameRate(System::nanoTime);
        }
        return new OverlaySegment(file, info, style, rate, options);
    }

    @Override
    public void join(
            List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException {
        SegmentJoiner.join(segments, info, audio, format.container(), output, temporary);
    }

    @Override
    public void joinFromZero(
            List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException {
        SegmentJoiner.joinFromZero(segments, info, audio, format.container(), output, temporary);
    }
}
