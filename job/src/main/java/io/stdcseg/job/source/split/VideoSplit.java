// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import java.util.Objects;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One range of one stream, and how far it has been read. Immutable.
 *
 * <p>A range holds the frames with {@code startPts <= pts < endPts}; a stream of one range is not
 * bounded.
 */
public final class VideoSplit implements SourceSplit {

    private final PlannedStream stream;
    private final int range;
    private final int ranges;
    private final long startPts;
    private final long endPts;
    private final SplitProgress progress;

    /**
     * @param stream what the range is part of
     * @param range number of the range, from 0
     * @param ranges how many ranges the stream was cut into
     * @param startPts first timestamp of the range, in ticks; {@link Long#MIN_VALUE} for no bound
     * @param endPts first timestamp after the range, in ticks; {@link Long#MAX_VALUE} for no bound
     */
    public VideoSplit(
            PlannedStream stream,
            int range,
            int ranges,
            long startPts,
            long endPts,
            SplitProgress progress) {
        if (range >= ranges) {
            throw new IllegalArgumentException(
                    "range "
                            + range
                            + " of stream "
                            + stream.name()
                            + " is not less than "
                            + ranges);
        }
        this.stream = stream;
        this.range = range;
        this.ranges = ranges;
        this.startPts = startPts;
        this.endPts = endPts;
        this.progress = progress;
    }

    /** All of a stream, from its beginning. */
    public static VideoSplit whole(PlannedStream stream) {
        return new VideoSplit(stream, 0, 1, Long.MIN_VALUE, Long.MAX_VALUE, SplitProgress.START);
    }

    @Override
    public String splitId() {
        return stream.name() + "/" + range;
    }

    public PlannedStream stream() {
        return stream;
    }

    public int range() {
        return range;
    }

    public int ranges() {
        return ranges;
    }

    public long startPts() {
        return startPts;
    }

    public long endPts() {
        return endPts;
    }

    public SplitProgress progress() {
        return progress;
    }

    /** The same range, read further. */
    public VideoSplit at(SplitProgress reached) {
        return new VideoSplit(stream, range, ranges, startPts, endPts, reached);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VideoSplit that
                && stream.equals(that.stream)
                && range == that.range
                && ranges == that.ranges
                && startPts == that.startPts
                && endPts == that.endPts
                && progress.equals(that.progress);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stream, range, ranges, startPts, endPts, progress);
    }

    @Override
    public String toString() {
        return splitId() + " of " + ranges + " at " + progress;
    }
}
