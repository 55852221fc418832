// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import io.stdcseg.frame.StreamInfo;
import java.util.List;

/**
 * Committable of a masked video, which writers send to the committer: a segment, the end of a range
 * or of a stream. Small records, the only thing that leaves the task with the pixels. Of one range
 * they come in order; ranges of a stream may come from several writers.
 */
public sealed interface Committable {

    /** Name of the stream. */
    String stream();

    /** The segments among committables, in their order. */
    static List<Segment> segments(List<Committable> committables) {
        return committables.stream()
                .filter(Segment.class::isInstance)
                .map(Segment.class::cast)
                .toList();
    }

    /**
     * A finished segment of a masked video.
     *
     * @param firstFrame number, in its stream, of the first frame in it; orders a range's segments
     * @param file path below the output folder
     * @param frames how many frames it holds
     * @param firstPts of its first frame, in ticks
     * @param lastPts of its last frame, in ticks
     * @param endPts when its last frame is over, in ticks
     * @param step ticks from one frame to the next where none was lost
     * @param info description of its frames
     * @param audio whether {@code info.source()} is a file that may have sound
     * @param weights that made all of its masks: SHA-256 of their file, in hexadecimal; null where
     *     those of the whole run are the same
     */
    record Segment(
            int range,
            long firstFrame,
            String file,
            long frames,
            long firstPts,
            long lastPts,
            long endPts,
            long step,
            StreamInfo info,
            boolean audio,
            String weights)
            implements Committable {

        @Override
        public String stream() {
            return info.name();
        }

        /** The same, with an equal description. */
        public Segment describedBy(StreamInfo same) {
            return new Segment(
                    range,
                    firstFrame,
                    file,
                    frames,
                    firstPts,
                    lastPts,
                    endPts,
                    step,
                    same,
                    audio,
                    weights);
        }

        /** Whether one file can hold both, this one behind the other. */
        public boolean follows(Segment before) {
            return firstPts > before.lastPts && info.equals(before.info);
        }

        /** The same, in another file. */
        public Segment in(String other) {
            return new Segment(
                    range,
                    firstFrame,
                    other,
                    frames,
                    firstPts,
                    lastPts,
                    endPts,
                    step,
                    info,
                    audio,
                    weights);
        }
    }

    /**
     * The end of a range: all of its segments were sent.
     *
     * @param frames how many frames they hold together
     */
    record RangeDone(String stream, int range, long frames) implements Committable {}

    /**
     * The end of a stream: it has no more ranges than these.
     *
     * @param error why there is no stream, null if there is
     */
    record StreamDone(String stream, int ranges, String error) implements Committable {}
}
