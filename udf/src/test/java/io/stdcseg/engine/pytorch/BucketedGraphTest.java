// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.testing.Streets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All that a GPU is used through, on a CPU that passes for one with memory for four pictures. */
@Timeout(120)
class BucketedGraphTest implements SharedNetworks.Opener {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 64;
    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS
                    .withPrecision("fp32")
                    .withScale(InputScale.by(0.5))
                    .withBatches(6, Duration.ofHours(1));

    private final List<Integer> computed = Collections.synchronizedList(new ArrayList<>());

    @Override
    public List<String> devices(SegmenterOptions options) {
        return List.of("gpu0");
    }

    @Override
    public Segmenter open(SegmenterOptions options, String device) {
        return new Small(graph());
    }

    private static Segmenter graph() {
        PyTorchRuntime.get(0);
        NetworkInfo info =
                new NetworkInfo("graph", "0.5", "pytorch", "cpu", "fp32", 1, "default", "0");
        return ModelLoader.graph(
                SegmenterWeights.read(OPTIONS),
                TorchScriptOptions.masks(InputScale.by(0.5), Precision.FP32).on(ModuleTarget.ANY),
                info);
    }

    /** Six do not fit, and are halved to three, which no power of two may enlarge again. */
    @Test
    void masksStayWhatTheyAreThroughHalvingAndPadding() throws Exception {
        List<SegmentRequest> pictures = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            pictures.add(request(1 + i % 3));
        }
        SharedNetworks networks = new SharedNetworks(this);
        try (SharedNetwork.Lease lease = networks.acquire("job", OPTIONS)) {
            List<CompletableFuture<NetworkCall>> calls = new ArrayList<>();
            for (SegmentRequest picture : pictures) {
                calls.add(lease.segment(picture));
            }
            lease.flush();
            for (CompletableFuture<NetworkCall> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        }

        try (Segmenter alone = graph()) {
            for (int i = 0; i < pictures.size(); i++) {
                SegmentRequest expected = request(1 + i % 3);
                alone.segment(List.of(expected));
                assertThat(equal(pictures.get(i), expected)).isGreaterThan(0.999);
            }
            try (Segmenter.NetworkCall network =
                    alone.network(pictures.subList(0, 3)).orElseThrow()) {
                network.await();
            }
        }
        assertThat(computed).contains(3).isSubsetOf(4, 3, 2, 1);
    }

    private static double equal(SegmentRequest one, SegmentRequest other) {
        int equal = 0;
        for (int i = 0; i < one.pixels(); i++) {
            equal += one.mask().get(i) == other.mask().get(i) ? 1 : 0;
        }
        return equal / (double) one.pixels();
    }

    private static SegmentRequest request(int street) {
        return new SegmentRequest(
                WIDTH,
                HEIGHT,
                ByteBuffer.wrap(Streets.rgb(street, WIDTH, HEIGHT)),
                ByteBuffer.allocate(WIDTH * HEIGHT));
    }

    /** Says what PyTorch does where more than four pictures come. */
    private final class Small implements Segmenter {

        private final Segmenter graph;

        Small(Segmenter graph) {
            this.graph = graph;
        }

        @Override
        public NetworkInfo info() {
            return graph.info();
        }

        @Override
        public LabelSet labels() {
            return graph.labels();
        }

        @Override
        public Optional<InputScale> scale() {
            return graph.scale();
        }

        @Override
        public void segment(List<SegmentRequest> batch) {
            if (batch.size() > 4) {
                throw new EngineException("CUDA out of memory. Tried to allocate 2.38 GiB.");
            }
            graph.segment(batch);
            computed.add(batch.size());
        }

        @Override
        public boolean ranOutOfMemory(RuntimeException failure) {
            return graph.ranOutOfMemory(failure);
        }

        @Override
        public void close() {
            graph.close();
        }
    }
}
