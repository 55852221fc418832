// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Split of the source: one range of one stream, and how far it has been read.
 *
 * <p>A range holds the frames with {@code startPts <= pts < endPts}; a stream of one range is not
 * bounded.
 *
 * @param stream what the range is part of
 * @param range number of the range, from 0
 * @param ranges how many ranges the stream was cut into
 * @param startPts first timestamp of the range, in ticks; {@link Long#MIN_VALUE} for no bound
 * @param endPts first timestamp after the range, in ticks; {@link Long#MAX_VALUE} for no bound
 * @param progress how far it has been read
 */
public record VideoSplit(
        PlannedStream stream,
        int range,
        int ranges,
        long startPts,
        long endPts,
        SplitProgress progress)
        implements SourceSplit {

    public VideoSplit {
        if (range >= ranges) {
            throw new IllegalArgumentException(
                    "range "
                            + range
                            + " of stream "
                            + stream.name()
                            + " is not less than "
                            + ranges);
        }
    }

    /** All of a stream, from its beginning. */
    public static VideoSplit whole(PlannedStream stream) {
        return new VideoSplit(stream, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE, SplitProgress.START);
    }

    @Override
    public String splitId() {
        return stream.name() + "/" + range;
    }

    /** The same range, read further. */
    public VideoSplit at(SplitProgress reached) {
        return new VideoSplit(stream, range, ranges, startPts, endPts, reached);
    }

    @Override
    public String toString() {
        return splitId() + " of " + ranges + " at " + progress;
    }

    /**
     * A split being read: moves on with every frame that is emitted. Owned by the task's thread.
     */
    public static final class State {

        private final VideoSplit split;
        private SplitProgress progress;

        public State(VideoSplit split) {
            this.split = split;
            this.progress = split.progress();
        }

        public void moveTo(SplitProgress reached) {
            this.progress = reached;
        }

        /** What a checkpoint keeps. */
        public VideoSplit toSplit() {
            return split.at(progress);
        }
    }
}
