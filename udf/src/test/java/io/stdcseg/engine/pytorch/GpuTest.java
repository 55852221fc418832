// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import io.stdcseg.engine.GpuFault;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.Streets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a GPU can show; run by {@code mvn -Pcuda,gpu verify}. Written without one. */
@Tag("gpu")
class GpuTest {

    private static final int WIDTH = 1024;
    private static final int HEIGHT = 512;
    private static final SegmenterOptions GPU =
            SegmenterOptions.DEFAULTS
                    .withDevice("gpu:0")
                    .withScale(InputScale.by(1))
                    .withBatches(8, Duration.ofMillis(5));
    private static final SegmenterOptions CPU = GPU.withDevice("cpu").withPrecision("fp32");

    private static Segmenter exact;

    @BeforeAll
    static void load() {
        boolean present = PyTorchRuntime.get(0).getGpuCount() > 0;
        String why =
                CudaFault.of(CudaDriver.ofThisMachine(), CudaRuntime.hasLibtorch())
                        .map(GpuFault::reason)
                        .orElse("this machine has no driver of NVIDIA's");
        if (!present) {
            System.out.println("tests of the GPU are skipped: " + why);
        }
        assumeTrue(present, "skipped: " + why);
        exact = Engines.open(CPU);
    }

    @AfterAll
    static void free() {
        if (exact != null) {
            exact.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp16", "bf16", "fp32"})
    void itsMasksAreThoseOfTheCpu(String precision) {
        double least = precision.equals("bf16") ? 0.995 : 0.999;
        try (Segmenter gpu = Engines.open(GPU.withPrecision(precision))) {
            for (int size : new int[] {1, 3, 8}) {
                List<SegmentRequest> batch = requests(size);

                gpu.segment(batch);

                batch.forEach(one -> assertThat(agreement(one)).isGreaterThan(least));
            }
        }
    }

    /** Which become RGB there. */
    @Test
    void itsMasksOfPlanesAreThoseOfTheirRgb() {
        try (Segmenter gpu = Engines.open(GPU)) {
            assertThat(gpu.takesPlanes()).isTrue();
            List<SegmentRequest> planes = new ArrayList<>();
            for (int street = 1; street <= 3; street++) {
                byte[] picture = Planes.street(street, WIDTH, HEIGHT);
                YuvToRgb by = street == 2 ? Planes.FULL_RANGE : Planes.VIDEO;
                planes.add(Planes.request(picture, by, WIDTH, HEIGHT));
            }

            gpu.segment(planes);

            planes.forEach(one -> assertThat(agreement(one)).isGreaterThan(0.999));
        }
    }

    /** In TF32 some more pixels would differ. */
    @Test
    void singlePrecisionIsNotTf32() {
        try (Segmenter gpu = Engines.open(GPU.withPrecision("fp32"))) {
            List<SegmentRequest> batch = requests(3);

            gpu.segment(batch);

            assertThat(Tf32.allowed()).isFalse();
            batch.forEach(one -> assertThat(agreement(one)).isGreaterThan(0.9999));
        }
    }

    @Test
    void batchesOfAllSizesComeThroughTheSharedNetwork() throws Exception {
        try (SharedNetwork.Lease lease = SharedNetworks.ofProcess().acquire("job", GPU)) {
            List<SegmentRequest> pictures = requests(53);
            List<CompletableFuture<NetworkCall>> calls = new ArrayList<>();
            for (SegmentRequest picture : pictures) {
                calls.add(lease.segment(picture));
            }
            for (CompletableFuture<NetworkCall> call : calls) {
                call.get(5, TimeUnit.MINUTES);
            }

            pictures.forEach(one -> assertThat(agreement(one)).isGreaterThan(0.999));
        }
    }

    /** Copies of one batch cross beside what is computed of another, of which each has its own. */
    @Test
    void batchesAtTheSameTimeHaveStreamsOfTheirOwn() throws Exception {
        try (Segmenter gpu = Engines.open(GPU)) {
            gpu.segment(requests(8));
            CudaStream stream = CudaStream.take(Device.gpu(0));
            assertThat(stream).isNotSameAs(CudaStream.USUAL);
            stream.giveBack();

            List<SegmentRequest> all = Collections.synchronizedList(new ArrayList<>());
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(CompletableFuture.runAsync(() -> segmentOften(gpu, all)));
            }
            for (CompletableFuture<Void> thread : threads) {
                thread.get(5, TimeUnit.MINUTES);
            }

            assertThat(all).hasSize(4 * 5 * 8);
            all.forEach(one -> assertThat(agreement(one)).isGreaterThan(0.999));
        }
    }

    private static void segmentOften(Segmenter gpu, List<SegmentRequest> all) {
        for (int i = 0; i < 5; i++) {
            List<SegmentRequest> batch = requests(8);
            gpu.segment(batch);
            all.addAll(batch);
        }
    }

    /** Of 255; halves tell scores apart by a thousandth. */
    @Test
    void itIsAsSureAsTheCpu() {
        try (Segmenter gpu = Engines.open(GPU)) {
            SegmentRequest here = sure();
            SegmentRequest there = sure();

            gpu.segment(List.of(here, sure()));
            exact.segment(List.of(there));

            long apart = 0;
            for (int i = 0; i < here.pixels(); i++) {
                int one = here.confidence().get(i) & 255;
                apart += Math.abs(one - (there.confidence().get(i) & 255));
            }
            assertThat(apart / (double) here.pixels()).isLessThan(2);
        }
    }

    private static SegmentRequest sure() {
        return new SegmentRequest(
                WIDTH,
                HEIGHT,
                ByteBuffer.wrap(Streets.rgb(1, WIDTH, HEIGHT)),
                ByteBuffer.allocate(WIDTH * HEIGHT),
                ByteBuffer.allocate(Confidence.BYTES * WIDTH * HEIGHT),
                null);
    }

    @Test
    void networksGiveTheirMemoryBack() {
        long first = 0;
        for (int i = 0; i < 10; i++) {
            try (Segmenter gpu = Engines.open(GPU)) {
                gpu.segment(requests(8));
            }
            long used = CudaUtils.getGpuMemory(Device.gpu(0)).getUsed();
            first = i == 0 ? used : first;
            assertThat(used).isLessThan(first + (64L << 20));
        }
    }

    private static List<SegmentRequest> requests(int count) {
        List<SegmentRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(
                    new SegmentRequest(
                            WIDTH,
                            HEIGHT,
                            ByteBuffer.wrap(Streets.rgb(1 + i % 3, WIDTH, HEIGHT)),
                            ByteBuffer.allocate(WIDTH * HEIGHT)));
        }
        return requests;
    }

    private static double agreement(SegmentRequest done) {
        SegmentRequest expected =
                new SegmentRequest(
                        WIDTH,
                        HEIGHT,
                        ByteBuffer.wrap(Planes.rgb(done)),
                        ByteBuffer.allocate(WIDTH * HEIGHT));
        exact.segment(List.of(expected));
        int equal = 0;
        for (int i = 0; i < done.pixels(); i++) {
            equal += done.mask().get(i) == expected.mask().get(i) ? 1 : 0;
        }
        return equal / (double) done.pixels();
    }
}
