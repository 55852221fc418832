// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MicroBatcherTest {

    private static final Duration TIMEOUT = Duration.ofMillis(5);

    private final AtomicLong clock = new AtomicLong();
    private final List<List<String>> batches = new ArrayList<>();
    private final List<String> measured = Collections.synchronizedList(new ArrayList<>());
    private MicroBatcher<String, String> batcher = batcher(byHand(3));

    @AfterEach
    void close() {
        batcher.close();
    }

    @Test
    void aFullBatchGoesAtOnce() {
        List<CompletableFuture<String>> results = submit("a1", "a2", "a3", "a4");

        assertThat(batcher.runReady()).isEqualTo(1);

        assertThat(batches).containsExactly(List.of("a1", "a2", "a3"));
        assertThat(results.get(0)).isCompletedWithValue("A1");
        assertThat(results.get(2)).isCompletedWithValue("A3");
        assertThat(results.get(3)).isNotDone();
        assertThat(batcher.pending()).isEqualTo(1);
    }

    @Test
    void theDeadlineStartsAtTheFirstItem() {
        submit("a1");
        pass(Duration.ofMillis(4));
        submit("a2");
        pass(Duration.ofMillis(1).minusNanos(1));
        assertThat(batcher.runReady()).isZero();

        pass(Duration.ofNanos(1));
        assertThat(batcher.runReady()).isEqualTo(1);

        assertThat(batches).containsExactly(List.of("a1", "a2"));
    }

    @Test
    void theRestOfAFullBatchKeepsItsOwnDeadline() {
        submit("a1", "a2");
        pass(Duration.ofMillis(4));
        submit("a3", "a4");
        pass(Duration.ofMillis(1));
        assertThat(batcher.runReady()).isEqualTo(1);

        pass(Duration.ofMillis(4).minusNanos(101));
        assertThat(batcher.runReady()).isZero();
        pass(Duration.ofNanos(1));
        assertThat(batcher.runReady()).isEqualTo(1);

        assertThat(batches).containsExactly(List.of("a1", "a2", "a3"), List.of("a4"));
    }

    @Test
    void aBatchHoldsOneKeyAndTheOldestReadyOneGoesFirst() {
        submit("a1", "b1", "b2", "a2", "b3");

        batcher.flush();

        assertThat(batches).containsExactly(List.of("a1", "a2"), List.of("b1", "b2", "b3"));
        assertThat(batcher.pending()).isZero();
    }

    @Test
    void flushSendsWhatIsThereAndNothingThatComesLater() {
        submit("a1");
        batcher.flush();
        submit("a2");

        assertThat(batcher.runReady()).isZero();
        assertThat(batches).containsExactly(List.of("a1"));
    }

    @Test
    void enoughItemsGoAtOnceAndTakeAllThatAreThere() {
        batcher = batcher(new BatcherOptions("test", 4, TIMEOUT).withEnough(2).withThreads(0));
        submit("a1");
        assertThat(batcher.runReady()).isZero();

        submit("a2", "a3", "a4", "a5", "a6", "a7");

        assertThat(batcher.runReady()).isEqualTo(2);
        assertThat(batches)
                .containsExactly(List.of("a1", "a2", "a3", "a4"), List.of("a5", "a6", "a7"));
    }

    @Test
    void withoutATimeoutNothingWaits() {
        batcher = batcher(new BatcherOptions("test", 3, Duration.ZERO).withThreads(0));
        submit("a1");

        assertThat(batcher.runReady()).isEqualTo(1);
    }

    @Test
    void oneBadItemFailsAlone() {
        List<CompletableFuture<String>> results = submit("a1", "a-bad", "a3");
        batcher.flush();

        assertThat(results.get(0)).isCompletedWithValue("A1");
        assertThat(results.get(2)).isCompletedWithValue("A3");
        assertThat(results.get(1))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("cannot work on a-bad");
    }

    @Test
    void aProcessorThatLosesResultsIsFoundOut() {
        batcher = new MicroBatcher<>(batch -> List.of(), item -> 0, byHand(1));
        CompletableFuture<String> result = batcher.submit("a");
        batcher.flush();

        assertThat(result)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("processor gave 0 results for a batch of 1 items");
    }

    @Test
    void anErrorFailsTheBatchWithoutASecondTry() {
        batcher =
                new MicroBatcher<>(
                        batch -> {
                            batches.add(batch);
                            throw new NoClassDefFoundError("native part");
                        },
                        item -> 0,
                        byHand(2));
        List<CompletableFuture<String>> results = submit("a1", "a2");
        batcher.flush();

        assertThat(batches).hasSize(1);
        assertThat(results).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aListenerThatFailsCostsNoBatch() {
        List<Throwable> reported = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((where, error) -> reported.add(error));
        try {
            batcher =
                    new MicroBatcher<>(
                            batch -> {
                                batches.add(batch);
                                return batch;
                            },
                            item -> 0,
                            byHand(2),
                            (size, waited, processed) -> {
                                throw new IllegalStateException("listener");
                            },
                            clock::get);
            List<CompletableFuture<String>> results = submit("a1", "a2");
            batcher.flush();

            assertThat(batches).hasSize(1);
            assertThat(results.get(0)).isCompletedWithValue("a1");
            assertThat(results.get(1)).isCompletedWithValue("a2");
            assertThat(reported)
                    .hasSize(1)
                    .first()
                    .hasToString("java.lang.IllegalStateException: listener");
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
    }

    @Test
    void closingFailsWhatIsPendingAndWhatComesLater() {
        CompletableFuture<String> pending = batcher.submit("a1");
        assertThat(batcher.terminated()).isNotDone();

        batcher.close();
        batcher.close();

        for (CompletableFuture<String> result : List.of(pending, batcher.submit("a2"))) {
            assertThat(result)
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .havingRootCause()
                    .isInstanceOf(BatcherClosedException.class)
                    .withMessage("batcher test was closed before the item's batch began");
        }
        assertThat(batcher.terminated()).isDone();
        assertThat(batches).isEmpty();
    }

    @Test
    void aFullQueueWithoutAThreadRefuses() {
        batcher = batcher(byHand(1).withMaxPending(1));
        submit("a1");

        assertThat(batcher.submit("a2"))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("batcher test holds 1 items, as many as it may");
    }

    @Test
    void tellsHowLongBatchesWaitedAndTook() {
        submit("a1");
        pass(Duration.ofNanos(7));
        submit("a2");
        batcher.flush();

        assertThat(measured).containsExactly("2 items, waited 7, took 100");
    }

    @Test
    void threadsWorkOffWhatManyCallersSubmit() {
        batcher = batcher(new BatcherOptions("test", 4, TIMEOUT).withThreads(2).withMaxPending(8));

        List<CompletableFuture<String>> results =
                IntStream.range(0, 200).mapToObj(i -> batcher.submit("x" + i)).toList();

        for (int i = 0; i < 200; i++) {
            assertThat(results.get(i)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("X" + i);
        }
    }

    @Test
    void aSlowBatchDoesNotHoldUpWhatOtherThreadsWorkOn() throws Exception {
        CountDownLatch mayReturn = new CountDownLatch(1);
        batcher =
                new MicroBatcher<>(
                        batch -> {
                            if (batch.contains("slow")) {
                                mayReturn.await();
                            }
                            return batch;
                        },
                        item -> 0,
                        new BatcherOptions("test", 2, Duration.ofDays(1)).withThreads(2));

        List<CompletableFuture<String>> results = submit("slow", "a2", "a3", "a4");

        assertThat(results.get(3)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("a4");
        assertThat(results.get(2)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("a3");
        assertThat(results.get(0)).isNotDone();
        assertThat(results.get(1)).isNotDone();
        mayReturn.countDown();
        assertThat(results.get(0)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("slow");
        assertThat(results.get(1)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("a2");
    }

    @Test
    void closingFailsWhatWaitsAndThenWaitsForTheBatchesOfAllThreads() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        CountDownLatch entered = new CountDownLatch(2);
        batcher =
                new MicroBatcher<>(
                        batch -> {
                            submitted.await();
                            entered.countDown();
                            while (batcher.pending() > 0) {
                                Thread.onSpinWait();
                            }
                            return batch;
                        },
                        item -> 0,
                        new BatcherOptions("test", 1, Duration.ZERO).withThreads(2));
        List<CompletableFuture<String>> results = submit("a1", "a2", "a3", "a4");
        submitted.countDown();
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        batcher.close();

        assertThat(batcher.terminated()).isDone();
        assertThat(results.subList(0, 2)).noneMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(results.subList(0, 2)).allMatch(CompletableFuture::isDone);
        assertThat(results.subList(2, 4)).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void aLoneItemIsSentByTheDeadline() {
        batcher =
                new MicroBatcher<>(
                        this::upperCase, item -> 0, new BatcherOptions("test", 4, TIMEOUT));

        assertThat(batcher.submit("a1")).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("A1");
    }

    @Test
    void flushDoesNotWaitForTheDeadline() {
        batcher =
                new MicroBatcher<>(
                        this::upperCase,
                        item -> 0,
                        new BatcherOptions("test", 4, Duration.ofDays(1)));
        CompletableFuture<String> result = batcher.submit("a1");

        batcher.flush();

        assertThat(result).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("A1");
    }

    @Test
    void closingIsBoundedAndTheRunningBatchKeepsItsItemsUntilItReturns() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch mayReturn = new CountDownLatch(1);
        batcher =
                new MicroBatcher<>(
                        batch -> {
                            entered.countDown();
                            mayReturn.await();
                            return batch;
                        },
                        item -> 0,
                        new BatcherOptions("test", 1, Duration.ZERO)
                                .withCloseTimeout(Duration.ofMillis(1)));
        CompletableFuture<String> running = batcher.submit("a1");
        CompletableFuture<String> waiting = batcher.submit("a2");
        assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();

        batcher.close();

        assertThat(waiting).isCompletedExceptionally();
        assertThat(running).isNotDone();
        assertThat(batcher.terminated()).isNotDone();
        mayReturn.countDown();
        assertThat(running).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("a1");
        assertThat(batcher.terminated()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aCallbackMayCloseTheBatcher() {
        batcher =
                new MicroBatcher<>(
                        this::upperCase, item -> 0, new BatcherOptions("test", 1, TIMEOUT));

        CompletableFuture<Void> closed = batcher.submit("a1").thenRun(batcher::close);

        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
        assertThat(batcher.terminated()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void optionsSayWhatIsWrong() {
        assertThatThrownBy(() -> new BatcherOptions("test", 0, TIMEOUT))
                .hasMessage("batch size 0 is not at least 1");
        assertThatThrownBy(() -> new BatcherOptions("test", 1, Duration.ofMillis(-1)))
                .hasMessage("batch timeout PT-0.001S is negative");
        assertThatThrownBy(() -> byHand(4).withMaxPending(3))
                .hasMessage("room for 3 waiting items is less than one batch of 4");
    }

    private static BatcherOptions byHand(int maxBatch) {
        return new BatcherOptions("test", maxBatch, TIMEOUT).withThreads(0);
    }

    private MicroBatcher<String, String> batcher(BatcherOptions options) {
        return new MicroBatcher<>(
                this::upperCase,
                item -> item.charAt(0),
                options,
                (size, waited, took) ->
                        measured.add(size + " items, waited " + waited + ", took " + took),
                clock::get);
    }

    private synchronized List<String> upperCase(List<String> batch) {
        if (batch.contains("a-bad")) {
            throw new IllegalArgumentException("cannot work on a-bad");
        }
        batches.add(batch);
        clock.addAndGet(100);
        return batch.stream().map(item -> item.toUpperCase(Locale.ROOT)).toList();
    }

    private List<CompletableFuture<String>> submit(String... items) {
        return Stream.of(items).map(batcher::submit).toList();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
