// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.encode.SegmentEncoder;
import io.stdcseg.video.encode.SegmentJoiner;
import io.stdcseg.video.overlay.Overlay;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Format of real video: the colours of the classes drawn over the frames, in H.264. */
public final class OverlaySegments implements SegmentFormat {

    private final LabelSet labels;
    private final double opacity;

    /**
     * Draws with the colours of a label set.
     *
     * @param labels whose colours are drawn
     * @param opacity 0 leaves the video as it is, 1 hides it
     */
    public OverlaySegments(LabelSet labels, double opacity) {
        this.labels = labels;
        this.opacity = opacity;
    }

    @Override
    public SegmentFile create(Path file, StreamInfo info) {
        return new Encoding(
                new Overlay(labels, opacity),
                new SegmentEncoder(file, info, SegmentEncoder.Options.DEFAULT));
    }

    @Override
    public void join(
            List<Path> segments, StreamInfo info, TrackSource audio, Path output, Path temporary)
            throws IOException {
        SegmentJoiner.join(segments, info, audio, output, temporary);
    }

    private record Encoding(Overlay overlay, SegmentEncoder encoder) implements SegmentFile {

        @Override
        public void add(SegmentedFrame segmented) {
            var frame = segmented.frame();
            var yuv = frame.yuv();
            overlay.draw(yuv, frame.info(), segmented.mask().ids());
            encoder.encode(yuv, frame.pts(), frame.duration());
        }

        @Override
        public void close() {
            encoder.close();
        }

        @Override
        public void abandon() {
            encoder.abandon();
        }
    }
}
