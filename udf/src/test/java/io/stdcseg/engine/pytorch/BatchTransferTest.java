// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.network.torchscript.ScriptSnippet;
import io.stdcseg.testing.LogCapture;
import io.stdcseg.testing.Planes;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a CPU, whose memory nothing can page-lock; masks are the pictures' red. */
class BatchTransferTest {

    private static final int WIDTH = 3;
    private static final int HEIGHT = 2;

    private final List<Long> sizes = new ArrayList<>();
    private Model model;

    @BeforeEach
    void load() {
        PyTorchRuntime.get(0);
        model = ModelLoader.load(ScriptSnippet.RESIZE, Device.cpu());
    }

    @AfterEach
    void free() {
        model.close();
    }

    @Test
    void masksGoWhereTheirPicturesCameFrom() {
        List<SegmentRequest> batch = List.of(request(1), request(2), request(3));
        try (BatchTransfer transfer = new BatchTransfer(model, Device.cpu())) {
            segment(transfer, batch);
            assertMasks(batch, 1, 2, 3);

            List<SegmentRequest> larger =
                    List.of(request(4), request(5), request(6), request(7), request(8));
            segment(transfer, larger);
            assertMasks(larger, 4, 5, 6, 7, 8);

            segment(transfer, batch.subList(1, 2));
            assertMasks(batch, 1, 2, 3);
        }
        assertThat(sizes).containsExactly(3L, 5L, 1L);
    }

    /** Half the bytes, as they lie, and behind them how they become RGB; masks are their Y. */
    @Test
    void planesCrossAsTheyAre() {
        List<SegmentRequest> batch = new ArrayList<>();
        for (int seed = 0; seed < 3; seed++) {
            YuvToRgb by = seed == 1 ? Planes.FULL_RANGE : Planes.VIDEO;
            batch.add(Planes.request(Planes.random(seed, 4, 2), by, 4, 2));
        }
        batch.add(batch.get(2));
        try (BatchTransfer transfer = new BatchTransfer(model, Device.cpu());
                NDManager scope = model.getNDManager().newSubManager()) {
            transfer.segment(
                    scope,
                    batch,
                    inputs -> {
                        assertThat(inputs).hasSize(2);
                        assertThat(inputs.get(0).getShape()).isEqualTo(new Shape(4, 3, 4));
                        assertThat(inputs.get(1).getShape()).isEqualTo(new Shape(4, 8));
                        assertThat(numbers(inputs.get(1)))
                                .isDeepEqualTo(
                                        new int[][] {
                                            Planes.VIDEO.coefficients(),
                                            Planes.FULL_RANGE.coefficients(),
                                            Planes.VIDEO.coefficients(),
                                            Planes.VIDEO.coefficients()
                                        });
                        return inputs.get(0).get(new NDIndex(":, 0:2, :"));
                    });
        }

        for (int seed = 0; seed < 3; seed++) {
            assertThat(batch.get(seed).mask().array())
                    .isEqualTo(Arrays.copyOf(Planes.random(seed, 4, 2), 8));
        }
    }

    private static int[][] numbers(NDArray array) {
        IntBuffer all = IntBuffer.wrap(array.toIntArray());
        int[][] numbers = new int[all.remaining() / 8][8];
        for (int[] some : numbers) {
            all.get(some);
        }
        return numbers;
    }

    @Test
    void paddingIsMadeOnTheDevice() {
        SegmentRequest first = request(1);
        SegmentRequest last = request(2);
        try (BatchTransfer transfer = new BatchTransfer(model, Device.cpu())) {
            segment(transfer, List.of(first, last, last, last));
            assertMasks(List.of(first, last), 1, 2);

            segment(transfer, List.of(last, last));
        }
        assertThat(sizes).containsExactly(4L, 2L);
    }

    @Test
    void withoutPageLockedMemoryItIsSaidOnceAndDoneWithout() {
        List<SegmentRequest> batch = List.of(request(1), request(2));
        try (LogCapture log = new LogCapture(BatchTransfer.class);
                BatchTransfer transfer = new BatchTransfer(model, Device.cpu(), true)) {
            segment(transfer, batch);

            assertMasks(batch, 1, 2);
            assertThat(log.lines())
                    .singleElement(as(STRING))
                    .startsWith("copies to the GPU are slower than they could be: ")
                    .doesNotContain("\n");
        }
    }

    private void segment(BatchTransfer transfer, List<SegmentRequest> batch) {
        try (NDManager scope = model.getNDManager().newSubManager()) {
            transfer.segment(scope, batch, this::red);
        }
    }

    private NDArray red(NDList inputs) {
        NDArray pictures = inputs.singletonOrThrow();
        sizes.add(pictures.getShape().get(0));
        return pictures.get(new NDIndex(":, :, :, 0"));
    }

    private static SegmentRequest request(int level) {
        ByteBuffer rgb = ByteBuffer.allocate(3 * WIDTH * HEIGHT);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            rgb.put(3 * i, (byte) (10 * level + i));
        }
        return new SegmentRequest(WIDTH, HEIGHT, rgb, ByteBuffer.allocate(WIDTH * HEIGHT));
    }

    private static void assertMasks(List<SegmentRequest> batch, int... levels) {
        for (int i = 0; i < levels.length; i++) {
            byte[] expected = new byte[WIDTH * HEIGHT];
            for (int j = 0; j < expected.length; j++) {
                expected[j] = (byte) (10 * levels[i] + j);
            }
            assertThat(batch.get(i).mask().array()).isEqualTo(expected);
        }
    }
}
