// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.batch.BatchProcessor.OutOfDeviceMemoryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of batches that are too large for the device. */
@Timeout(60)
class OutOfDeviceMemoryTest implements BatchListener {

    private static final int MAX_BATCH = 8;
    private static final int FITS = 2;
    private static final Duration NEVER = Duration.ofDays(1);

    private final List<Integer> tried = new ArrayList<>();
    private final List<String> completed = new ArrayList<>();
    private final List<String> shrunk = Collections.synchronizedList(new ArrayList<>());
    private MicroBatcher<String, String> batcher = batcher(this::upperCase, 0);

    @Override
    public void processed(int size, long waitedNanos, long processedNanos) {}

    @Override
    public void shrunk(int from, int to) {
        shrunk.add(from + " to " + to);
    }

    @AfterEach
    void close() {
        batcher.close();
    }

    @Test
    void theSameItemsRunInSmallerBatchesInTheirOrder() {
        submit("a", "b", "c", "d", "e", "f", "g", "h");

        batcher.runReady();

        assertThat(completed).containsExactly("A", "B", "C", "D", "E", "F", "G", "H");
        assertThat(tried).containsExactly(8, 4, 2, 2, 2, 2);
        assertThat(shrunk).containsExactly("8 to 4", "4 to 2");
    }

    @Test
    void laterBatchesAreSmall() {
        submit("a", "b", "c", "d", "e", "f", "g", "h");
        batcher.runReady();
        tried.clear();

        submit("i", "j", "k");

        assertThat(batcher.runReady()).isEqualTo(1);
        assertThat(tried).containsExactly(2);
        assertThat(batcher.pending()).isEqualTo(1);
    }

    @Test
    void aBatchThatWasNotFullHalvesTheLargestUntilItHelps() {
        submit("a", "b", "c");

        batcher.flush();

        assertThat(completed).containsExactly("A", "B", "C");
        assertThat(tried).containsExactly(3, 2, 1);
        assertThat(shrunk).containsExactly("8 to 2");
    }

    @Test
    void anItemThatDoesNotFitAloneFailsAlone() {
        List<CompletableFuture<String>> results = submit("a", "huge", "c");

        batcher.flush();

        assertThat(completed).containsExactly("A", "C");
        assertThat(tried).containsExactly(3, 2, 1, 1, 1);
        assertThat(shrunk).containsExactly("8 to 2", "2 to 1");
        assertThat(results.get(1))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(OutOfDeviceMemoryException.class)
                .withMessageContaining("no memory for 1");
    }

    @Test
    void onceClosedABatchIsNotTriedAgain() {
        batcher =
                batcher(
                        batch -> {
                            batcher.close();
                            return upperCase(batch);
                        },
                        0);
        List<CompletableFuture<String>> results = submit("a", "b", "c");

        batcher.flush();

        assertThat(tried).containsExactly(3);
        assertThat(results).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void batchesThatFailTogetherHalveTheLargestOnce() {
        CountDownLatch bothAreWorkedOn = new CountDownLatch(2);
        batcher =
                batcher(
                        batch -> {
                            if (batch.size() == MAX_BATCH) {
                                bothAreWorkedOn.countDown();
                                bothAreWorkedOn.await();
                            }
                            return upperCase(batch);
                        },
                        2);

        List<CompletableFuture<String>> results =
                IntStream.range(0, 200).mapToObj(i -> batcher.submit("x" + i)).toList();

        for (int i = 0; i < 200; i++) {
            assertThat(results.get(i)).succeedsWithin(Duration.ofSeconds(30)).isEqualTo("X" + i);
        }
        assertThat(shrunk).containsExactly("8 to 4", "4 to 2");
    }

    private MicroBatcher<String, String> batcher(
            BatchProcessor<String, String> processor, int threads) {
        return new MicroBatcher<>(
                processor,
                item -> 0,
                new BatcherOptions("test", MAX_BATCH, NEVER).withThreads(threads),
                this,
                System::nanoTime);
    }

    private synchronized List<String> upperCase(List<String> batch) {
        tried.add(batch.size());
        if (batch.size() > FITS || batch.contains("huge")) {
            throw new OutOfDeviceMemoryException("no memory for " + batch.size(), null);
        }
        return batch.stream().map(item -> item.toUpperCase(Locale.ROOT)).toList();
    }

    private List<CompletableFuture<String>> submit(String... items) {
        List<CompletableFuture<String>> results = Stream.of(items).map(batcher::submit).toList();
        results.forEach(result -> result.thenAccept(completed::add));
        return results;
    }
}
