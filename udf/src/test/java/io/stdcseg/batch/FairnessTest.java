// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for whom where callers always have something to hand over. */
@Timeout(60)
class FairnessTest {

    private static final int MAX_BATCH = 4;
    private static final int ITEMS = 2000;
    private static final long NANOS_PER_BATCH = 100;
    private static final Duration TIMEOUT = Duration.ofNanos(10 * NANOS_PER_BATCH);

    private final AtomicLong clock = new AtomicLong();
    private final List<List<Caller>> batches = new ArrayList<>();
    private MicroBatcher<Caller, Caller> batcher;
    private int completed;

    /** Hands over its next item whenever one is done. */
    private final class Caller {

        private int completedOfMine;
        private int mostWaitedFor;

        Caller start(int inFlight) {
            for (int i = 0; i < inFlight; i++) {
                submit();
            }
            return this;
        }

        private void submit() {
            int before = completed;
            batcher.submit(this)
                    .thenRun(
                            () -> {
                                mostWaitedFor = Math.max(mostWaitedFor, completed - before);
                                completedOfMine++;
                                if (++completed < ITEMS) {
                                    submit();
                                }
                            });
        }
    }

    @AfterEach
    void close() {
        batcher.close();
    }

    @Test
    void sharesAreAsWhatIsInFlightAndNobodyWaitsForMore() {
        batch(caller -> "one size");
        Caller many = new Caller().start(8);
        Caller alsoMany = new Caller().start(8);
        Caller one = new Caller().start(1);

        batcher.runReady();

        assertThat(completed).isGreaterThanOrEqualTo(ITEMS);
        assertThat(many.completedOfMine).isCloseTo(completed * 8 / 17, within(8));
        assertThat(alsoMany.completedOfMine).isCloseTo(completed * 8 / 17, within(8));
        assertThat(one.completedOfMine).isCloseTo(completed / 17, within(1));
        for (Caller caller : List.of(many, alsoMany, one)) {
            assertThat(caller.mostWaitedFor).isLessThanOrEqualTo(8 + 8 + 1);
        }
    }

    @Test
    void aBatchThatHasWaitedGoesBeforeFullOnesOfAnotherSize() {
        batch(caller -> caller);
        Caller endless = new Caller().start(4 * MAX_BATCH);
        Caller lone = new Caller().start(1);

        batcher.runReady();

        int deadline = (int) (TIMEOUT.toNanos() / NANOS_PER_BATCH);
        assertThat(batches.indexOf(List.of(lone))).isEqualTo(deadline);
        assertThat(endless.completedOfMine).isGreaterThan(deadline * MAX_BATCH);
    }

    @Test
    void fullBatchesOfTwoSizesTakeTurns() {
        batch(caller -> caller);
        Caller one = new Caller().start(3 * MAX_BATCH);
        Caller other = new Caller().start(3 * MAX_BATCH);

        batcher.runReady();

        assertThat(one.completedOfMine).isCloseTo(other.completedOfMine, within(3 * MAX_BATCH));
    }

    private void batch(Function<Caller, Object> key) {
        batcher =
                new MicroBatcher<>(
                        batch -> {
                            batches.add(batch);
                            clock.addAndGet(NANOS_PER_BATCH);
                            return batch;
                        },
                        key,
                        new BatcherOptions("test", MAX_BATCH, TIMEOUT).withThreads(0),
                        BatchListener.NONE,
                        clock::get);
    }
}
