// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.encode.EncoderEffort;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentJoiner;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.Overlay;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Format of real video: the colours of the classes drawn over the frames. */
public final class OverlaySegments implements SegmentFormat {

    private final LabelSet labels;
    private final double opacity;
    private final VideoFormat format;

    /** Draws with the colours of a label set, and writes the usual format. */
    public OverlaySegments(LabelSet labels, double opacity) {
        this(labels, opacity, VideoFormat.DEFAULT);
    }

    /**
     * Draws with the colours of a label set.
     *
     * @param labels whose colours are drawn
     * @param opacity 0 leaves the video as it is, 1 hides it
     * @param format of the video
     */
    public OverlaySegments(LabelSet labels, double opacity, VideoFormat format) {
        this.labels = labels;
        this.opacity = opacity;
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
        return new OverlaySegment(file, info, new Overlay(labels, opacity), options);
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
