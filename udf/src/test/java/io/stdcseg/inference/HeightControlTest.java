// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.InputScale;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The control on a simulated camera, queue and network. */
class HeightControlTest {

    private static final int ROWS = 720;
    private static final int USUAL = 480;
    private static final double LAG = 2;

    /** Calls of a network that are under way at a time. */
    private static final int WORKERS = 2;

    private long now = 1;
    private final HeightControl control =
            new HeightControl(
                    InputScale.toHeight(USUAL), Duration.ofSeconds(2), WORKERS, () -> now);

    private final Deque<Long> waiting = new ArrayDeque<>();
    private final long[] busyUntil = new long[WORKERS];
    private final Map<Integer, Integer> frames = new TreeMap<>();
    private final List<Integer> changes = new ArrayList<>();
    private long nextArrival = 1;
    private int dropped;
    private int last;

    /** Frames per second that the network computes at its usual height. */
    private double capacity = 10;

    /** What the first call at a height takes longer, in seconds. */
    private double firstCall = 0;

    /** What takes workers' time beside their calls at the usual height, in seconds. */
    private double hidden = 0;

    @Test
    void aLoadThatFitsIsSeenAtTheUsualHeight() {
        run(60, 9);

        assertThat(frames.keySet()).containsExactly(USUAL);
        assertThat(dropped).isZero();
    }

    @Test
    void underLoadTheHeightGoesDownUntilNothingWaits() {
        run(60, 25);

        assertThat(dropped).isZero();
        assertThat(changes).startsWith(240).hasSizeLessThan(4);
        assertThat(waiting).hasSizeLessThan(5);
    }

    @Test
    void aSlowStreamGoesDownByWhatItNeeds() {
        capacity = 2.5;

        run(120, 3);

        assertThat(dropped).isZero();
        assertThat(changes).containsExactly(360);
    }

    @Test
    void alsoWhereTheFirstCallAtAHeightTakesLong() {
        firstCall = 0.3;

        run(60, 25);

        assertThat(dropped).isZero();
        assertThat(changes).hasSizeLessThan(4);
    }

    @Test
    void whatTheSmallestHeightCannotDoIsLeftOut() {
        run(30, 500);

        assertThat(dropped).isPositive();
        assertThat(control.inputHeight(control.scale(), ROWS)).isEqualTo(USUAL / 4);
    }

    @Test
    void itGoesUpAgainWhenTheLoadIsGone() {
        run(30, 25);
        run(60, 5);

        assertThat(control.scale()).isNull();
        assertThat(changes).endsWith(360, USUAL);
    }

    @Test
    void aLoadThatTheNextHeightCouldNotDoIsNoReasonToGoUp() {
        run(30, 25);
        int so = changes.size();

        run(600, 25);

        assertThat(changes).hasSize(so);
    }

    /** The network seems idle, as something else is what takes the time: a try is taken back. */
    @Test
    void triesThatFailBecomeRare() {
        hidden = 0.1;
        run(600, 8);

        assertThat(changes).hasSizeBetween(4, 20);
        run(600, 8);
        assertThat(changes).hasSizeLessThan(30);
    }

    @Test
    void aStallThatIsMadeUpForChangesNothing() {
        run(10, 8);
        now += 1_500_000_000L;
        run(20, 8);

        assertThat(changes).isEmpty();
    }

    @Test
    void streamsThatLeaveOutBeforeTheyAreLateAreHeard() {
        control.computed(null, 1);
        control.computed(null, 1);
        for (int second = 0; second < 3; second++) {
            now += 1_000_000_000L;
            control.leftOut();
        }

        assertThat(control.inputHeight(control.scale(), ROWS)).isLessThan(USUAL);
    }

    @Test
    void aFactorIsMadeSmallerToo() {
        HeightControl halves =
                new HeightControl(InputScale.by(0.5), Duration.ofSeconds(2), 1, () -> now);

        assertThat(halves.inputHeight(halves.scale(), ROWS)).isEqualTo(360);
        halves.computed(null, 1);
        for (int i = 1; i < 16; i++) {
            now += 200_000_000L;
            halves.waited(i * 120_000_000L);
        }
        assertThat(halves.scale()).isEqualTo(InputScale.by(0.25));
    }

    /** Lets frames come for so long. */
    private void run(double seconds, double framesPerSecond) {
        long end = now + nanos(seconds);
        nextArrival = Math.max(nextArrival, now);
        for (; now < end; now += nanos(0.001)) {
            for (; nextArrival <= now; nextArrival += nanos(1 / framesPerSecond)) {
                waiting.add(nextArrival);
            }
            while (!waiting.isEmpty() && now - waiting.peek() > nanos(LAG)) {
                waiting.remove();
                dropped++;
                control.leftOut();
            }
            for (int worker = 0; worker < WORKERS; worker++) {
                work(worker);
            }
        }
    }

    private void work(int worker) {
        if (busyUntil[worker] > now || waiting.isEmpty()) {
            return;
        }
        control.waited(now - waiting.remove());
        InputScale scale = control.scale();
        int height = control.inputHeight(scale, ROWS);
        if (!frames.isEmpty() && height != last) {
            changes.add(height);
        }
        last = height;
        double share = height / (double) USUAL;
        double seconds = WORKERS / capacity * share * share;
        double first = frames.containsKey(height) ? 0 : firstCall;
        double beside = hidden * Math.pow(share, 8);
        frames.merge(height, 1, Integer::sum);
        control.computed(scale, nanos(seconds + first));
        busyUntil[worker] = now + nanos(seconds + first + beside);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
