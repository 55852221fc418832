// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.FakeSegmenter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BatchBucketsTest {

    private final FakeSegmenter network = new FakeSegmenter("gpu0");
    private final BatchBuckets buckets = buckets(4);

    @Test
    void everySizeIsTriedOutWhenPicturesOfANewSizeCome() {
        buckets.segment(pictures(1, 2, 2));
        assertThat(network.batches).containsExactly(4, 2, 1, 1);

        network.batches.clear();
        buckets.segment(pictures(2, 2, 2));
        assertThat(network.batches).containsExactly(2);

        network.batches.clear();
        buckets.segment(pictures(2, 2, 3));
        assertThat(network.batches).containsExactly(4, 2, 1, 2);
    }

    @Test
    void atAnotherScaleOnlyTheSizeAtHandIsTriedOut() {
        List<SegmentRequest> smaller =
                pictures(3, 2, 2).stream()
                        .map(
                                own ->
                                        new SegmentRequest(
                                                2, 2, own.rgb(), own.mask(), InputScale.by(0.5)))
                        .toList();

        buckets.segment(smaller);
        buckets.segment(smaller);
        assertThat(network.batches).containsExactly(4, 4, 4);

        network.batches.clear();
        buckets.segment(smaller.subList(0, 2));
        assertThat(network.batches).containsExactly(2, 2);
    }

    @Test
    void betweenTwoSizesTheLastPictureIsThereAgain() {
        buckets.segment(pictures(1, 2, 2));
        network.batches.clear();
        List<SegmentRequest> batch = pictures(3, 2, 2);

        buckets.segment(batch);

        assertThat(network.batches).containsExactly(4);
        assertThat(batch)
                .extracting(request -> (int) request.mask().get(3))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aSizeThatFailsDoesSoOnlyForTheBatchThatNeedsIt() {
        network.mostThatFit = 2;

        buckets.segment(pictures(2, 2, 2));

        assertThat(network.batches).containsExactly(4, 2, 1, 2);
        List<SegmentRequest> tooMany = pictures(3, 2, 2);
        assertThatThrownBy(() -> buckets.segment(tooMany))
                .isInstanceOfSatisfying(
                        RuntimeException.class,
                        failure -> assertThat(network.ranOutOfMemory(failure)).isTrue());
    }

    @Test
    void everyThreadTriesTheSizesOut() throws Exception {
        buckets.segment(pictures(1, 2, 2));
        network.batches.clear();
        Thread second = new Thread(() -> buckets.segment(pictures(2, 2, 2)));

        second.start();
        second.join();

        assertThat(network.batches).containsExactly(4, 2, 1, 2);
    }

    @Test
    void nobodyCallsWhileAThreadTriesTheSizesOut() throws Exception {
        buckets.segment(pictures(1, 2, 2));
        network.batches.clear();
        Thread warm = Thread.currentThread();
        CountDownLatch trying = new CountDownLatch(1);
        network.onCall =
                () -> {
                    if (Thread.currentThread() != warm && trying.getCount() > 0) {
                        trying.countDown();
                        while (warm.getState() != Thread.State.WAITING
                                && network.batches.size() == 1) {
                            Thread.onSpinWait();
                        }
                    }
                };
        Thread second = new Thread(() -> buckets.segment(pictures(2, 2, 2)));

        second.start();
        trying.await();
        buckets.segment(pictures(4, 2, 2));
        second.join();

        assertThat(network.batches).startsWith(4, 2, 1).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "8,8", "9,12", "12,12"})
    void aBatchGoesIntoTheSmallestThatHoldsIt(int pictures, int bucket) {
        assertThat(buckets(12).bucket(pictures)).isEqualTo(bucket);
    }

    @Test
    void thereAreThePowersOfTwoAndTheLargest() {
        assertThat(buckets(1).sizes()).containsExactly(1);
        assertThat(buckets(8).sizes()).containsExactly(8, 4, 2, 1);
        assertThat(buckets(12).sizes()).containsExactly(12, 8, 4, 2, 1);
    }

    @Test
    void noBatchIsLargerThanTheLargest() {
        assertThatThrownBy(() -> buckets(8).bucket(9))
                .hasMessage("9 pictures where 1 to 8 make a batch");
        assertThatThrownBy(() -> buckets(8).bucket(0))
                .hasMessage("0 pictures where 1 to 8 make a batch");
    }

    private BatchBuckets buckets(int largest) {
        return new BatchBuckets(network, largest);
    }

    private static List<SegmentRequest> pictures(int count, int width, int height) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        value ->
                                new SegmentRequest(
                                        width,
                                        height,
                                        ByteBuffer.allocate(3 * width * height)
                                                .put(3 * 3, (byte) value),
                                        ByteBuffer.allocate(width * height)))
                .toList();
    }
}
