// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Buckets of streams' time, each with the frame in it that is worth the most: frames that are both
 * bad and spread, of streams without end, in little memory. Not thread-safe.
 *
 * <p>All buckets have one width, a power of two of nanoseconds from the beginning of time on. Where
 * there are too many of them the width doubles, and of two frames that meet the better one goes;
 * where buckets are as long as streams, those of the best streams go. What is left is the least
 * width at which the buckets of all frames are few enough, and the worst frame of each: so it
 * depends neither on the order of frames, nor on whether they come in parts, of each of which only
 * the rest comes with its {@link #level()}.
 */
final class TimeBuckets {

    /** 67 ms: at 15 frames per second each has its own. */
    static final int FINEST = 26;

    /** All of a stream's time. */
    static final int WHOLE = 62;

    private final int most;
    private int level = FINEST;
    private Map<Bucket, KeptFrame> worst = new HashMap<>();

    private record Bucket(String stream, long number) {}

    /**
     * @param most buckets that are kept
     */
    TimeBuckets(int most) {
        this.most = most;
    }

    /** The width: two to the power of it, in nanoseconds. */
    int level() {
        return level;
    }

    /** All frames that are kept, those worth the most first. */
    List<KeptFrame> frames() {
        return worst.values().stream().sorted(KeptFrame.WORST_FIRST).toList();
    }

    /**
     * Adds a frame.
     *
     * @return those that are not kept any more; may be the frame itself
     */
    List<KeptFrame> add(KeptFrame frame) {
        List<KeptFrame> out = new ArrayList<>();
        put(frame, out);
        while (worst.size() > most) {
            if (level < WHOLE) {
                widen(level + 1, out);
            } else {
                KeptFrame least = Collections.max(worst.values(), KeptFrame.WORST_FIRST);
                worst.remove(bucketOf(least));
                out.add(least);
            }
        }
        return out;
    }

    /**
     * Widens the buckets, where they are narrower.
     *
     * @return frames that are not kept any more
     */
    List<KeptFrame> widenTo(int other) {
        List<KeptFrame> out = new ArrayList<>();
        if (other > level) {
            widen(other, out);
        }
        return out;
    }

    private void widen(int wider, List<KeptFrame> out) {
        level = wider;
        Map<Bucket, KeptFrame> narrow = worst;
        worst = new HashMap<>();
        narrow.values().forEach(frame -> put(frame, out));
    }

    private void put(KeptFrame frame, List<KeptFrame> out) {
        Bucket bucket = bucketOf(frame);
        KeptFrame other = worst.get(bucket);
        if (other != null && KeptFrame.WORST_FIRST.compare(other, frame) <= 0) {
            out.add(frame);
            return;
        }
        worst.put(bucket, frame);
        if (other != null) {
            out.add(other);
        }
    }

    private Bucket bucketOf(KeptFrame frame) {
        return new Bucket(frame.stream(), level == WHOLE ? 0 : frame.timeNanos() >> level);
    }

    /**
     * The frames worth the most, first those that are half a bucket or more away from one that is
     * worth more: neighbours may have met where two buckets do.
     *
     * @return at most {@code count} of them, those worth the most first
     */
    List<KeptFrame> choose(int count) {
        List<KeptFrame> apart = new ArrayList<>();
        List<KeptFrame> near = new ArrayList<>();
        for (KeptFrame frame : frames()) {
            (apart.stream().allMatch(other -> isApart(frame, other)) ? apart : near).add(frame);
        }
        apart.addAll(near);
        return apart.stream().limit(count).sorted(KeptFrame.WORST_FIRST).toList();
    }

    private boolean isApart(KeptFrame one, KeptFrame other) {
        return !one.stream().equals(other.stream())
                || Math.abs(one.timeNanos() - other.timeNanos()) >= 1L << (level - 1);
    }
}
