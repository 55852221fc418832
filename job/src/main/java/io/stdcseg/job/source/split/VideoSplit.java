// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.video.decode.VideoRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * Split of the source: one range of one stream, and how far it has been read; or a stream that
 * nobody has looked into yet, for its reader to say where it may be cut.
 *
 * @param stream what the range is part of
 * @param range number of the range, from 0
 * @param ranges how many ranges the stream was cut into; 0 where that is still to be found out
 * @param extent which pictures the range holds
 * @param progress how far it has been read
 */
public record VideoSplit(
        PlannedStream stream, int range, int ranges, VideoRange extent, SplitProgress progress)
        implements SourceSplit {

    public VideoSplit {
        if (range >= ranges && !(range == 0 && ranges == 0)) {
            throw new IllegalArgumentException(
                    "range "
                            + range
                            + " of stream "
                            + stream.name()
                            + " is not less than "
                            + ranges);
        }
    }

    /** What is handed out first of a stream: a video is looked into, all else is read. */
    public static VideoSplit first(PlannedStream stream) {
        return stream.kind() == StreamKind.VIDEO ? uncut(stream) : whole(stream);
    }

    /** A stream of which the ranges are to be found out. */
    public static VideoSplit uncut(PlannedStream stream) {
        return new VideoSplit(stream, 0, 0, VideoRange.WHOLE, SplitProgress.START);
    }

    /** All of a stream, from its beginning. */
    public static VideoSplit whole(PlannedStream stream) {
        return new VideoSplit(stream, 0, 1, VideoRange.WHOLE, SplitProgress.START);
    }

    /** The splits of a stream that is cut into these ranges. */
    public static List<VideoSplit> cut(PlannedStream stream, List<VideoRange> extents) {
        List<VideoSplit> splits = new ArrayList<>(extents.size());
        for (VideoRange extent : extents) {
            splits.add(
                    new VideoSplit(
                            stream, splits.size(), extents.size(), extent, SplitProgress.START));
        }
        return splits;
    }

    /** Whether the stream's ranges are still to be found out. */
    public boolean isUncut() {
        return ranges == 0;
    }

    /** Whether the range is its stream's last. */
    public boolean isLast() {
        return range == ranges - 1;
    }

    @Override
    public String splitId() {
        return stream.name() + "/" + (isUncut() ? "uncut" : range);
    }

    /** The same range, read further. */
    public VideoSplit at(SplitProgress reached) {
        return new VideoSplit(stream, range, ranges, extent, reached);
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
        private List<VideoRange> found;

        public State(VideoSplit split) {
            this.split = split;
            this.progress = split.progress();
        }

        public void moveTo(SplitProgress reached) {
            this.progress = reached;
        }

        /** Of an uncut stream: its ranges are known. */
        public void found(List<VideoRange> extents) {
            this.found = extents;
        }

        /** The news for the enumerator, of an uncut stream that was looked into; else null. */
        public StreamRanges news() {
            return found == null ? null : new StreamRanges(split.stream().name(), found);
        }

        /** What a checkpoint keeps. */
        public VideoSplit toSplit() {
            return split.at(progress);
        }
    }
}
