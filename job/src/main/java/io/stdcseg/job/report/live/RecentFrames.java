// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.window.StreamTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a stream within the last stretch of wall-clock time, in tenths of it. Times are
 * milliseconds of any clock that only goes on. Not thread-safe.
 */
final class RecentFrames {

    private static final int PANES = 10;
    private static final long SHORTEST_PANE_MILLIS = 1000;

    private final long paneMillis;
    private final Deque<Pane> panes = new ArrayDeque<>();
    private long firstMillis = Long.MIN_VALUE;

    private static final class Pane {
        private final long number;
        private final long firstNanos;
        private final long[] pixels;
        private long lastNanos;
        private long frames;

        private Pane(long number, ClassPixels first) {
            this.number = number;
            this.firstNanos = first.timeNanos();
            this.pixels = new long[first.pixels().length];
        }

        private void add(ClassPixels frame) {
            lastNanos = frame.timeNanos();
            frames++;
            for (int c = 0; c < pixels.length; c++) {
                pixels[c] += frame.pixels()[c];
            }
        }
    }

    /** Keeps as much as so long brings, and not less than ten seconds do. */
    RecentFrames(Duration stretch) {
        this.paneMillis = Math.max(SHORTEST_PANE_MILLIS, stretch.toMillis() / PANES);
    }

    void add(ClassPixels frame, long nowMillis) {
        if (firstMillis == Long.MIN_VALUE) {
            firstMillis = nowMillis;
        }
        forgetBefore(nowMillis);
        long number = Math.floorDiv(nowMillis, paneMillis);
        if (panes.isEmpty() || panes.getLast().number != number) {
            panes.add(new Pane(number, frame));
        }
        panes.getLast().add(frame);
    }

    private void forgetBefore(long nowMillis) {
        long oldest = Math.floorDiv(nowMillis, paneMillis) - PANES + 1;
        while (!panes.isEmpty() && panes.getFirst().number < oldest) {
            panes.removeFirst();
        }
    }

    /** Frames that came in a second, on average; NaN in the first one. */
    double framesPerSecond(long nowMillis) {
        forgetBefore(nowMillis);
        long start = (Math.floorDiv(nowMillis, paneMillis) - PANES + 1) * paneMillis;
        long millis = nowMillis - Math.max(start, firstMillis);
        if (firstMillis == Long.MIN_VALUE || millis < SHORTEST_PANE_MILLIS) {
            return Double.NaN;
        }
        return panes.stream().mapToLong(pane -> pane.frames).sum() * 1000.0 / millis;
    }

    /** Stream time from the first to the last of the frames, in seconds; null without frames. */
    double[] span() {
        return panes.isEmpty()
                ? null
                : new double[] {
                    StreamTime.seconds(panes.getFirst().firstNanos),
                    StreamTime.seconds(panes.getLast().lastNanos)
                };
    }

    /** Share of each class in the frames' masks; null without frames. */
    Map<String, Double> shares(List<String> classes) {
        long[] sum = new long[classes.size()];
        long all = 0;
        for (Pane pane : panes) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += pane.pixels[c];
                all += pane.pixels[c];
            }
        }
        if (all == 0) {
            return null;
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        for (int c = 0; c < sum.length; c++) {
            shares.put(classes.get(c), sum[c] / (double) all);
        }
        return shares;
    }
}
