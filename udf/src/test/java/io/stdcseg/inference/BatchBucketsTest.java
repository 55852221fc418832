// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.testing.Planes;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
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

    /** In one batch, whatever their matrix and range. */
    @Test
    void planesAreTriedOutForThemselvesAndPadded() {
        network.takesPlanes = true;
        buckets.segment(pictures(1, 2, 2));
        network.batches.clear();
        List<SegmentRequest> planes =
                IntStream.range(0, 3)
                        .mapToObj(
                                seed ->
                                        Planes.request(
                                                Planes.random(seed, 2, 2),
                                                seed == 1 ? Planes.FULL_RANGE : Planes.VIDEO,
                                                2,
                                                2))
                        .toList();

        buckets.segment(planes);
        buckets.segment(pictures(2, 2, 2));

        assertThat(network.batches).containsExactly(4, 2, 1, 4, 2);
        for (SegmentRequest request : planes) {
            assertThat(request.mask().get(3)).isEqualTo(Planes.rgb(request)[9]);
        }
    }

    @Test
    void aBatchIsOfOneKind() {
        List<SegmentRequest> mixed =
                List.of(pictures(1, 2, 2).get(0), Planes.request(Planes.random(1, 2, 2), 2, 2));

        assertThatThrownBy(() -> buckets.segment(mixed))
                .hasMessage("pictures of one batch differ in kind");
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
        assertThat(BatchBuckets.bucket(pictures, 12)).isEqualTo(bucket);
    }

    @Test
    void thereAreThePowersOfTwoAndTheLargest() {
        assertThat(BatchBuckets.sizes(1)).containsExactly(1);
        assertThat(BatchBuckets.sizes(8)).containsExactly(8, 4, 2, 1);
        assertThat(BatchBuckets.sizes(12)).containsExactly(12, 8, 4, 2, 1);
    }

    @Test
    void noBatchIsLargerThanTheLargest() {
        assertThatThrownBy(() -> BatchBuckets.bucket(9, 8))
                .hasMessage("9 pictures where 1 to 8 make a batch");
        assertThatThrownBy(() -> BatchBuckets.bucket(0, 8))
                .hasMessage("0 pictures where 1 to 8 make a batch");
    }

    /**
     * Nanoseconds of a picture in batches of 16, 8, 4, 2 and 1: 100, 102, 104, 120 and 200. Of four
     * pictures a call is 0.96 times as fast as of sixteen, of two 0.83 times.
     */
    @Test
    void withoutAWishTheSmallestBatchIsTakenThatIsNearlyAsFastAsAny() {
        Map<Integer, Integer> costs = Map.of(16, 100, 8, 102, 4, 104, 2, 120, 1, 200);
        AtomicLong clock = new AtomicLong();
        BatchBuckets trying = new BatchBuckets(network, 16, new BatchTrial(network, clock::get));
        network.onCall =
                () -> {
                    int pictures = network.batches.get(network.batches.size() - 1);
                    clock.addAndGet((long) pictures * costs.get(pictures));
                };
        List<SegmentRequest> batch = pictures(9, 2, 2);

        trying.segment(batch);

        assertThat(network.batches)
                .startsWith(16, 16, 16, 16, 8, 8, 8, 8)
                .endsWith(1, 4, 4, 1)
                .hasSize(5 * 4 + 3);
        assertThat(batch)
                .extracting(request -> (int) request.mask().get(3))
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(network.trims).as("memory of the larger ones given back").hasValue(1);
    }

    @Test
    void aBatchThatDoesNotFitIsNotChosen() {
        AtomicLong clock = new AtomicLong();
        network.mostThatFit = 4;
        network.onCall = () -> clock.addAndGet(1000);
        BatchBuckets trying = new BatchBuckets(network, 16, new BatchTrial(network, clock::get));

        trying.segment(pictures(9, 2, 2));

        assertThat(network.batches).endsWith(4, 4, 1);
    }

    @Test
    void whatTheNetworkCannotTakeAtOnceIsDivided() {
        network.mostPictures = 3;
        List<SegmentRequest> batch = pictures(4, 2, 2);

        buckets.segment(batch);

        assertThat(network.batches).containsExactly(3, 2, 1, 3, 1);
        assertThat(batch)
                .extracting(request -> (int) request.mask().get(3))
                .containsExactly(1, 2, 3, 4);
    }

    /** Padded to four they would not fit again. */
    @Test
    void afterALackOfMemoryNoBatchIsPaddedBeyondTheNewLargest() {
        BatchBuckets six = buckets(6);
        six.segment(pictures(1, 2, 2));
        six.shrinkTo(3);
        network.batches.clear();

        six.segment(pictures(3, 2, 2));
        six.segment(pictures(6, 2, 2)); // Taken before the largest became smaller.

        assertThat(network.batches).containsExactly(3, 3, 3, 3);
    }

    private BatchBuckets buckets(int largest) {
        return new BatchBuckets(network, largest, null);
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
