// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** PyTorch keeps addresses between a loss and its gradient; what lies there must not be freed. */
class GradientLifetimeTest {

    private static final int PICTURES = 2;
    private static final int CLASSES = 4;
    private static final int SIDE = 16;
    private static final int PIXELS = PICTURES * SIDE * SIDE;

    @Test
    void aGarbageCollectionBeforeTheGradientChangesNothing() throws InterruptedException {
        LossOptions options =
                new LossOptions(
                        0.7, 0.0625, ClassWeights.power(0), 2, List.of(8), DetailRule.CORRECTED);
        LabelBatch labels = labels();
        float[] weights = {1, 0.5f, 2, 1};
        Function<NDArray, NDArray> loss =
                scores -> {
                    NDArray detail = scores.get(":, 0:1");
                    Outputs<NDArray> outputs =
                            new Outputs<>(scores, scores, scores, Map.of(8, detail), scores, null);
                    return new SegmentationLoss(options, weights).losses(outputs, labels).total(2);
                };

        float[] expected = gradient(loss, false);

        for (int i = 0; i < 5; i++) {
            assertThat(gradient(loss, true)).isEqualTo(expected);
        }
    }

    private static LabelBatch labels() {
        Random random = new Random(2);
        ByteBuffer ids = ByteBuffer.allocateDirect(PIXELS);
        for (int i = 0; i < PIXELS; i++) {
            ids.put((byte) random.nextInt(CLASSES));
        }
        return new LabelBatch(PICTURES, SIDE, SIDE, ids.flip());
    }

    private static float[] gradient(Function<NDArray, NDArray> loss, boolean collect)
            throws InterruptedException {
        Random random = new Random(1);
        float[] values = new float[CLASSES * PIXELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = 4 * random.nextFloat() - 2;
        }
        Engine engine = PyTorchRuntime.get(1);
        try (NDManager memory = engine.newBaseManager()) {
            NDArray scores = memory.create(values, new Shape(PICTURES, CLASSES, SIDE, SIDE));
            scores.setRequiresGradient(true);
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray total = loss.apply(scores);
                if (collect) {
                    overwriteWhatIsFree();
                }
                collector.backward(total);
            }
            return scores.getGradient().toFloatArray();
        }
    }

    /** Frees what Java does not hold, and writes other numbers there. */
    private static void overwriteWhatIsFree() throws InterruptedException {
        List<ByteBuffer> others = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            PhantomReference<Object> last = new PhantomReference<>(new Object(), collected);
            System.gc();
            assertThat(collected.remove(10_000)).isSameAs(last);
            for (int i = 0; i < 20_000; i++) {
                ByteBuffer other = ByteBuffer.allocateDirect(4).order(ByteOrder.nativeOrder());
                others.add(other.putFloat(0, 1e9f));
            }
        }
        assertThat(others).isNotEmpty();
    }
}
