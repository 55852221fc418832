// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.batch.BatchProcessor.OutOfDeviceMemoryException;
import io.stdcseg.batch.BatcherClosedException;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SpoiledDeviceError;
import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.testing.Planes;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedNetworksTest implements SharedNetworks.Opener {

    private static final SegmenterOptions FULL_OR_NEVER =
            SegmenterOptions.DEFAULTS.withBatches(8, Duration.ofHours(1));

    private final List<FakeSegmenter> opened = new ArrayList<>();
    private List<String> devices = List.of("cpu");
    private InputException failure;
    private final SharedNetworks networks = new SharedNetworks(this);

    @Override
    public List<String> devices(SegmenterOptions options) {
        return devices;
    }

    @Override
    public synchronized Segmenter open(SegmenterOptions options, String device) {
        if (failure != null) {
            throw failure;
        }
        FakeSegmenter segmenter = new FakeSegmenter(device);
        opened.add(segmenter);
        return segmenter;
    }

    @Test
    void leasesOfAJobShareANetworkThatGoesWithTheLast() throws Exception {
        SharedNetwork.Lease first = networks.acquire("job", SegmenterOptions.DEFAULTS);
        SharedNetwork.Lease second = networks.acquire("job", SegmenterOptions.DEFAULTS);

        assertThat(opened).hasSize(1);
        assertThat(first.info().device()).isEqualTo("cpu");
        assertThat(segment(first, 7)).isEqualTo(7);
        first.close();
        first.close();
        assertThat(opened.get(0).closed).isNotDone();
        assertThat(segment(second, 9)).isEqualTo(9);
        second.close();
        opened.get(0).closed.get(30, TimeUnit.SECONDS);
        assertThat(opened.get(0).calls).hasValue(2);
    }

    @Test
    void leasesOfANetworkShareItsHeights() {
        try (SharedNetwork.Lease first = networks.acquire("job", SegmenterOptions.DEFAULTS);
                SharedNetwork.Lease second = networks.acquire("job", SegmenterOptions.DEFAULTS)) {
            Duration lag = Duration.ofSeconds(1);
            assertThatThrownBy(() -> first.heights(lag))
                    .isInstanceOf(InputException.class)
                    .hasMessage("fake at scale 1.0 has no other heights, which --adapt needs");

            opened.get(0).scale = InputScale.by(1);

            assertThat(first.heights(lag)).isSameAs(second.heights(lag));
        }
    }

    /** A shadow's too: each sees the same frames. */
    @Test
    void planesAreTakenWhereAllNetworksOfTheJobTakeThem() {
        assertThat(networks.takePlanes("job")).isFalse();
        SharedNetwork.Lease first = networks.acquire("job", SegmenterOptions.DEFAULTS);
        assertThat(networks.takePlanes("job")).isFalse();
        opened.get(0).takesPlanes = true;
        assertThat(networks.takePlanes("job")).isTrue();
        assertThat(networks.takePlanes("other")).isFalse();

        networks.acquire("other", SegmenterOptions.DEFAULTS);
        assertThat(networks.takePlanes("job")).isTrue();
        SharedNetwork.Lease second =
                networks.acquire("job", SegmenterOptions.DEFAULTS.withPrecision("fp32"));
        assertThat(networks.takePlanes("job")).isFalse();

        second.close();
        assertThat(networks.takePlanes("job")).isTrue();
        first.close();
        assertThat(networks.takePlanes("job")).isFalse();
    }

    @Test
    void aNetworkThatCannotBeLoadedTakesNoPlanes() {
        failure = new InputException("no weights");
        assertThatThrownBy(() -> networks.acquire("job", SegmenterOptions.DEFAULTS))
                .isSameAs(failure);

        assertThat(networks.takePlanes("job")).isFalse();
    }

    /** Of the same size, and in the same breath. */
    @Test
    void planesAndRgbAreInBatchesOfTheirOwn() throws Exception {
        try (SharedNetwork.Lease lease = networks.acquire("job", FULL_OR_NEVER)) {
            opened.get(0).takesPlanes = true;
            byte[] planes = Planes.random(1, 2, 2);
            SegmentRequest ofPlanes = Planes.request(planes, 2, 2);
            SegmentRequest ofRgb = request(7);

            List<CompletableFuture<NetworkCall>> calls = new ArrayList<>();
            for (SegmentRequest one : List.of(ofPlanes, ofRgb, ofPlanes)) {
                calls.add(lease.segment(one));
            }
            lease.flush();
            for (CompletableFuture<NetworkCall> call : calls) {
                call.get(30, TimeUnit.SECONDS);
            }

            assertThat(opened.get(0).batches).containsExactlyInAnyOrder(2, 1);
            assertThat(ofRgb.mask().get(0)).isEqualTo((byte) 7);
            assertThat(ofPlanes.mask().get(3)).isEqualTo(Planes.rgb(planes, Planes.VIDEO, 2, 2)[9]);
        }
    }

    @Test
    void afterTheLastLeaseANewOneLoadsAgain() throws Exception {
        networks.acquire("job", SegmenterOptions.DEFAULTS).close();
        try (SharedNetwork.Lease again = networks.acquire("job", SegmenterOptions.DEFAULTS)) {
            assertThat(segment(again, 5)).isEqualTo(5);
        }

        assertThat(opened).hasSize(2);
        for (FakeSegmenter segmenter : opened) {
            segmenter.closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void otherJobsAndOtherOptionsHaveTheirOwn() {
        networks.acquire("job", SegmenterOptions.DEFAULTS);
        networks.acquire("other", SegmenterOptions.DEFAULTS);
        networks.acquire("job", SegmenterOptions.DEFAULTS.withPrecision("fp32"));
        networks.acquire("job", SegmenterOptions.DEFAULTS.withModel("stdc2-seg50"));

        assertThat(opened).hasSize(4);
    }

    @Test
    void leasesSpreadOverTheDevices() {
        devices = List.of("gpu0", "gpu1");
        List<SharedNetwork.Lease> leases = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            leases.add(networks.acquire("job", SegmenterOptions.DEFAULTS));
        }
        leases.get(1).close();

        assertThat(leases)
                .extracting(l -> l.info().device())
                .containsExactly("gpu0", "gpu1", "gpu0", "gpu1");
        assertThat(networks.acquire("job", SegmenterOptions.DEFAULTS).info().device())
                .isEqualTo("gpu1");
        assertThat(opened).hasSize(2);
    }

    @Test
    void aPlaceIsTakenOnlyWhereThereIsAChoiceAndLeftWithTheLastNetwork() {
        List<HostPlace> taken = new ArrayList<>();
        SharedNetworks shared =
                new SharedNetworks(
                        this,
                        () -> {
                            taken.add(HostPlace.alone(1 + taken.size()));
                            return taken.get(taken.size() - 1);
                        });
        devices = List.of("gpu0");
        shared.acquire("job", SegmenterOptions.DEFAULTS).close();
        assertThat(taken).isEmpty();

        devices = List.of("gpu0", "gpu1", "gpu2");
        SharedNetwork.Lease first = shared.acquire("job", SegmenterOptions.DEFAULTS);
        SharedNetwork.Lease second = shared.acquire("job", SegmenterOptions.DEFAULTS);
        assertThat(List.of(first.info().device(), second.info().device()))
                .containsExactly("gpu1", "gpu2");
        first.close();
        second.close();

        assertThat(shared.acquire("job", SegmenterOptions.DEFAULTS).info().device())
                .isEqualTo("gpu2");
        assertThat(taken).hasSize(2);
    }

    @Test
    void aLostDeviceIsNotTriedAgain() {
        devices = List.of("gpu0");
        SegmenterOptions pairs = SegmenterOptions.DEFAULTS.withBatches(2, Duration.ofHours(1));
        try (SharedNetwork.Lease lease = networks.acquire("job", pairs)) {
            opened.get(0).onCall =
                    () -> {
                        throw new IllegalStateException(
                                "CUDA error: an illegal memory access was encountered");
                    };
            CompletableFuture<NetworkCall> one = lease.segment(request(1));
            CompletableFuture<NetworkCall> two = lease.segment(request(2));

            for (CompletableFuture<NetworkCall> call : List.of(one, two)) {
                assertThatThrownBy(() -> call.get(30, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(SpoiledDeviceError.class)
                        .hasMessageContaining("gpu0 is lost to this process");
            }
        }
        assertThat(opened.get(0).batches).containsExactly(2, 1, 2); // Two to try the sizes out.
    }

    @Test
    void aFailureToLoadIsToldAndForgotten() {
        failure = new InputException("weights are broken");
        assertThatThrownBy(() -> networks.acquire("job", SegmenterOptions.DEFAULTS))
                .isSameAs(failure);

        failure = null;
        networks.acquire("job", SegmenterOptions.DEFAULTS).close();
        assertThat(opened).hasSize(1);
    }

    @Test
    void aClosedLeaseTakesNothing() {
        SharedNetwork.Lease kept = networks.acquire("job", SegmenterOptions.DEFAULTS);
        SharedNetwork.Lease lease = networks.acquire("job", SegmenterOptions.DEFAULTS);
        lease.close();

        assertThatThrownBy(() -> segment(lease, 1))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("the lease is closed");
        kept.close();
    }

    @Test
    void picturesOfSeveralLeasesMeetInOneBatch() throws Exception {
        SegmenterOptions pairs = SegmenterOptions.DEFAULTS.withBatches(2, Duration.ofHours(1));
        try (SharedNetwork.Lease first = networks.acquire("job", pairs);
                SharedNetwork.Lease second = networks.acquire("job", pairs)) {
            CompletableFuture<NetworkCall> one = first.segment(request(1));
            CompletableFuture<NetworkCall> two = second.segment(request(2));

            assertThat(one.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(2);
            assertThat(two.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(2);

            CompletableFuture<NetworkCall> alone = first.segment(request(3));
            first.flush();
            assertThat(alone.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(1);
        }
    }

    @Test
    void aLeaseThatClosesFailsNobodysPictures() throws Exception {
        SharedNetwork.Lease first = networks.acquire("job", FULL_OR_NEVER);
        SharedNetwork.Lease second = networks.acquire("job", FULL_OR_NEVER);
        CompletableFuture<NetworkCall> ofFirst = first.segment(request(1));
        CompletableFuture<NetworkCall> ofSecond = second.segment(request(2));

        first.close();
        assertThat(ofFirst).isNotDone();
        assertThat(ofSecond).isNotDone();

        second.flush();
        assertThat(ofFirst.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(2);
        assertThat(ofSecond.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(2);
        second.close();
    }

    @Test
    void theLastLeaseThatClosesFailsWhatWaits() throws Exception {
        SharedNetwork.Lease first = networks.acquire("job", FULL_OR_NEVER);
        SharedNetwork.Lease last = networks.acquire("job", FULL_OR_NEVER);
        CompletableFuture<NetworkCall> waiting = last.segment(request(1));
        first.close();

        last.close();

        assertThat(waiting)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BatcherClosedException.class);
        opened.get(0).closed.get(30, TimeUnit.SECONDS);
        assertThat(opened.get(0).batches).isEmpty();
    }

    @Test
    void aDeviceThatLacksMemoryGetsSmallerBatches() throws Exception {
        SegmenterOptions fours = SegmenterOptions.DEFAULTS.withBatches(4, Duration.ofHours(1));
        try (SharedNetwork.Lease lease = networks.acquire("job", fours)) {
            opened.get(0).mostThatFit = 3;

            List<CompletableFuture<NetworkCall>> results = segmentAll(lease, 4);

            for (CompletableFuture<NetworkCall> result : results) {
                assertThat(result.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(2);
            }
            assertThat(opened.get(0).batches).containsExactly(4, 2, 2);
        }
    }

    @Test
    void aPictureThatDoesNotFitAloneFailsInOneLine() {
        try (SharedNetwork.Lease lease = networks.acquire("job", SegmenterOptions.DEFAULTS)) {
            opened.get(0).mostThatFit = 0;

            assertThat(lease.segment(request(1)))
                    .failsWithin(Duration.ofSeconds(30))
                    .withThrowableThat()
                    .withCauseInstanceOf(OutOfDeviceMemoryException.class)
                    .withMessageEndingWith("cpu has no memory for pictures of 2x2 in a batch of 1");
        }
    }

    @Test
    void batchesOnAGpuArePaddedButThoseOnACpuAreNot() throws Exception {
        for (String device : List.of("gpu0", "cpu")) {
            devices = List.of(device);
            try (SharedNetwork.Lease lease = networks.acquire("job", FULL_OR_NEVER)) {
                List<CompletableFuture<NetworkCall>> results = segmentAll(lease, 3);
                lease.flush();

                for (CompletableFuture<NetworkCall> result : results) {
                    assertThat(result.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(3);
                }
            }
        }

        opened.get(0).closed.get(30, TimeUnit.SECONDS);
        assertThat(opened.get(0).batches).containsExactly(8, 4, 2, 1, 4);
        assertThat(opened.get(1).batches).containsExactly(3);
    }

    private static List<CompletableFuture<NetworkCall>> segmentAll(
            SharedNetwork.Lease lease, int pictures) {
        return IntStream.range(0, pictures).mapToObj(i -> lease.segment(request(i))).toList();
    }

    @Test
    void everyCoreWorksOnAPictureOfItsOwn() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        SegmenterOptions options = CoreSharing.forManyCalls(SegmenterOptions.DEFAULTS);
        try (SharedNetwork.Lease lease = networks.acquire("job", options)) {
            assertThat(lease.info().workers()).isEqualTo(cores);
            // Nobody gets past it unless all are in a call at a time.
            CyclicBarrier allAtWork = new CyclicBarrier(cores);
            opened.get(0).onCall = () -> await(allAtWork);

            List<CompletableFuture<NetworkCall>> done =
                    IntStream.range(0, cores).mapToObj(i -> lease.segment(request(i))).toList();

            for (CompletableFuture<NetworkCall> one : done) {
                assertThat(one.get(30, TimeUnit.SECONDS).pictures()).isEqualTo(1);
            }
        }
    }

    @Test
    void threadsAreOneUnlessTheUserSaysHowMany() {
        SegmenterOptions two = SegmenterOptions.DEFAULTS.withThreads(2);

        assertThat(CoreSharing.forManyCalls(SegmenterOptions.DEFAULTS).threads()).isEqualTo(1);
        assertThat(CoreSharing.forManyCalls(two)).isEqualTo(two);
        assertThat(CoreSharing.workers(two.withThreads(1 << 20), false)).isEqualTo(1);
        assertThat(CoreSharing.workers(two, true)).isEqualTo(2);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not all came", e);
        }
    }

    private static int segment(SharedNetwork.Lease lease, int value) throws Exception {
        SegmentRequest request = request(value);
        assertThat(lease.segment(request).get(30, TimeUnit.SECONDS).pictures()).isEqualTo(1);
        return request.mask().get(0);
    }

    private static SegmentRequest request(int value) {
        ByteBuffer rgb = ByteBuffer.allocate(12).put(0, (byte) value);
        return new SegmentRequest(2, 2, rgb, ByteBuffer.allocate(4));
    }
}
