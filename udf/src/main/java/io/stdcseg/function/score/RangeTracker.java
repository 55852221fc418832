// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;

/**
 * Tracker of the ranges of each stream, in keyed state: up to where all frames have passed.
 *
 * <p>Ranges lie one after the other in their stream, and the frames of each come in order; but
 * ranges run side by side, and may begin and end in any order. Those that have ended without a gap
 * are one number; only what runs ahead of the first open range is kept by itself. So a frame costs
 * the same, and the state is as large, however many ranges there were.
 */
final class RangeTracker {

    private final ValueState<StreamProgress> stream;
    private final MapState<Integer, RangeProgress> ahead;
    private final ValueState<Integer> total;

    RangeTracker(RuntimeContext context) {
        stream =
                context.getState(
                        new ValueStateDescriptor<>("streamProgress", StreamProgress.class));
        ahead =
                context.getMapState(
                        new MapStateDescriptor<>(
                                "rangesAhead", Integer.class, RangeProgress.class));
        total = context.getState(new ValueStateDescriptor<>("totalRanges", Integer.class));
    }

    private StreamProgress progress() throws Exception {
        StreamProgress progress = stream.value();
        return progress == null ? StreamProgress.START : progress;
    }

    private RangeProgress ahead(int range) throws Exception {
        RangeProgress progress = ahead.get(range);
        return progress == null ? RangeProgress.NONE : progress;
    }

    /** How far the stream has come: all frames before that slide have passed. */
    RangeProgress reached() throws Exception {
        return progress().reached();
    }

    /**
     * The slide to which a frame counts: its own, unless that is behind its range or the stream,
     * whose windows may have left.
     */
    long slideOf(int range, long slide) throws Exception {
        StreamProgress progress = progress();
        long counted =
                progress.reached().seen() ? Math.max(slide, progress.reached().last()) : slide;
        if (range > progress.range()) {
            RangeProgress own = ahead(range);
            counted = own.seen() ? Math.max(counted, own.last()) : counted;
        }
        return counted;
    }

    /**
     * Takes in a frame.
     *
     * @param slide as {@link #slideOf} says
     * @return whether the stream has come further
     */
    boolean frame(int range, long slide) throws Exception {
        StreamProgress before = progress();
        if (range > before.range()) {
            RangeProgress own = ahead(range);
            RangeProgress further = own.reach(slide);
            if (further != own) {
                ahead.put(range, further);
            }
            return false;
        }
        StreamProgress after = before.reach(slide);
        if (after.reached() == before.reached()) {
            return false;
        }
        stream.update(after);
        return true;
    }

    /**
     * Takes in the end of a range.
     *
     * @return whether the stream has come further
     */
    boolean end(int range) throws Exception {
        StreamProgress progress = progress();
        if (range > progress.range()) {
            ahead.put(range, ahead(range).end());
            return false;
        }
        if (range < progress.range()) {
            return false;
        }
        RangeProgress next;
        do {
            next = ahead(progress.range() + 1);
            ahead.remove(progress.range() + 1);
            progress = progress.endRange(next);
        } while (next.ended());
        stream.update(progress);
        return true;
    }

    /** Takes in how many ranges the stream has. */
    void total(int ranges) throws Exception {
        total.update(ranges);
    }

    /** Whether all ranges have ended, and it is known that there are no more. */
    boolean allEnded() throws Exception {
        Integer ranges = total.value();
        return ranges != null && progress().range() >= ranges;
    }

    void clear() {
        stream.clear();
        ahead.clear();
        total.clear();
    }
}
