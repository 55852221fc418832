// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.inference.BucketedSegmenter.BatchBuckets;
import io.stdcseg.testing.FakeSegmenter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BucketedSegmenterTest {

    private final FakeSegmenter network = new FakeSegmenter("gpu0");
    private final BucketedSegmenter segmenter = new BucketedSegmenter(network, new BatchBuckets(4));

    @Test
    void everySizeIsTriedOutWhenPicturesOfANewSizeCome() {
        segmenter.segment(pictures(1, 2, 2));
        assertThat(network.batches).containsExactly(4, 2, 1, 1);

        network.batches.clear();
        segmenter.segment(pictures(2, 2, 2));
        assertThat(network.batches).containsExactly(2);

        network.batches.clear();
        segmenter.segment(pictures(2, 2, 3));
        assertThat(network.batches).containsExactly(4, 2, 1, 2);
    }

    @Test
    void betweenTwoSizesTheLastPictureIsThereAgain() {
        segmenter.segment(pictures(1, 2, 2));
        network.batches.clear();
        List<SegmentRequest> batch = pictures(3, 2, 2);

        segmenter.segment(batch);

        assertThat(network.batches).containsExactly(4);
        assertThat(batch)
                .extracting(request -> (int) request.mask().get(3))
                .containsExactly(1, 2, 3);
    }

    @Test
    void aSizeThatFailsDoesSoOnlyForTheBatchThatNeedsIt() {
        network.mostThatFit = 2;

        segmenter.segment(pictures(2, 2, 2));

        assertThat(network.batches).containsExactly(4, 2, 1, 2);
        List<SegmentRequest> tooMany = pictures(3, 2, 2);
        assertThatThrownBy(() -> segmenter.segment(tooMany))
                .isInstanceOfSatisfying(
                        RuntimeException.class,
                        failure -> assertThat(segmenter.ranOutOfMemory(failure)).isTrue());
    }

    @Test
    void everyThreadTriesTheSizesOut() throws Exception {
        segmenter.segment(pictures(1, 2, 2));
        network.batches.clear();
        Thread second = new Thread(() -> segmenter.segment(pictures(2, 2, 2)));

        second.start();
        second.join();

        assertThat(network.batches).containsExactly(4, 2, 1, 2);
    }

    @Test
    void nobodyCallsWhileAThreadTriesTheSizesOut() throws Exception {
        segmenter.segment(pictures(1, 2, 2));
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
        Thread second = new Thread(() -> segmenter.segment(pictures(2, 2, 2)));

        second.start();
        trying.await();
        segmenter.segment(pictures(4, 2, 2));
        second.join();

        assertThat(network.batches).startsWith(4, 2, 1).hasSize(5);
    }

    @Test
    void closingFreesTheNetwork() {
        segmenter.close();

        assertThat(network.closed).isDone();
    }

    private static List<SegmentRequest> pictures(int count, int width, int height) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        value ->
                                new SegmentRequest(
                                        width,
                                        height,
                                        ByteBuffer.allocate(3 * width * height)
                                                .put(0, (byte) value),
                                        ByteBuffer.allocate(width * height)))
                .toList();
    }
}
