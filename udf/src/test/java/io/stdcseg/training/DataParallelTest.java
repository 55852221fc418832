// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.training.data.TrainingBatch;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import io.stdcseg.training.optimise.Parameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DataParallelTest {

    private static final ModelSpec SPEC = new ModelSpec(Variant.STDC1, 3);
    private static final int SIDE = 64;
    private static final String PARAMETER = "conv_out.conv_out.weight";

    @Test
    void gradientsOfTwoReplicasAreTheMeanOverTheHalvesOfABatch() throws Exception {
        try (DataParallel one = replicas(List.of("cpu"));
                DataParallel two = replicas(List.of("cpu", "cpu"))) {
            LossValues first = one.backward(batch(2, 0, 2));
            LossValues second = one.backward(batch(2, 2, 2));
            LossValues both = two.backward(batch(4, 0, 4));

            assertThat(both).isEqualTo(LossValues.mean(List.of(first, second)));
            float[] sum = gradient(one);
            float[] mean = gradient(two);
            for (int i = 0; i < sum.length; i++) {
                assertThat(mean[i]).isCloseTo(sum[i] / 2, Offset.offset(1e-5f));
            }
        }
    }

    private static DataParallel replicas(List<String> devices) {
        Map<String, TensorData> weights = HashedWeights.plain(SPEC);
        LossOptions options =
                new LossOptions(
                        0.7, 0.1, ClassWeights.power(0), 0, List.of(8), DetailRule.CORRECTED);
        SegmentationLoss loss = new SegmentationLoss(options, new float[] {1, 1, 1});
        Learner.Factory learners =
                (memory, format) ->
                        new SegmentationLearner(
                                new EagerNetwork(SPEC, weights, memory, format), loss, null);
        DataParallel replicas =
                new DataParallel(
                        PyTorchRuntime.get(1),
                        new TrainingDevices(devices, Precision.FP32),
                        learners);
        OptimiserOptions sgd = new OptimiserOptions(Method.SGD, 0.1, 1, 0.9, 0, 0, true);
        Parameters.of(replicas.network().tensors(), sgd);
        replicas.synchronise();
        return replicas;
    }

    private static float[] gradient(DataParallel replicas) {
        NDArray parameter = replicas.network().tensors().get(PARAMETER);
        return parameter.getGradient().toFloatArray();
    }

    /** Some of four pictures. */
    private static TrainingBatch batch(int pictures, int first, int count) {
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * SIDE * SIDE * pictures);
        ByteBuffer labels = ByteBuffer.allocateDirect(SIDE * SIDE * pictures);
        for (int p = first; p < first + count; p++) {
            SplittableRandom random = new SplittableRandom(p);
            for (int i = 0; i < SIDE * SIDE; i++) {
                labels.put((byte) random.nextInt(3));
                pixels.put((byte) random.nextInt(256));
                pixels.put((byte) random.nextInt(256));
                pixels.put((byte) random.nextInt(256));
            }
        }
        List<String> names = List.of("a", "b", "c", "d").subList(first, first + count);
        return new TrainingBatch(0, names, SIDE, SIDE, pixels.flip(), labels.flip());
    }
}
