// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassificationLossTest {

    private static final float[] SCORES = {2, -1, 0.5f, 0, 3, 1};
    private static final int[] CLASSES = {2, 1};

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.7})
    void isTheCrossEntropyOfSmoothedLabels(double smoothing) {
        ByteBuffer classes = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
        for (int id : CLASSES) {
            classes.putInt(id);
        }
        double expected = 0;
        for (int picture = 0; picture < 2; picture++) {
            double sum = 0;
            for (int id = 0; id < 3; id++) {
                sum += Math.exp(SCORES[3 * picture + id]);
            }
            for (int id = 0; id < 3; id++) {
                double label = smoothing / 3 + (id == CLASSES[picture] ? 1 - smoothing : 0);
                expected -= label * (SCORES[3 * picture + id] - Math.log(sum)) / 2;
            }
        }
        try (NDManager manager = PyTorchRuntime.get(1).newBaseManager()) {
            DifferentiableLosses losses =
                    new ClassificationLoss(smoothing)
                            .losses(manager.create(SCORES, new Shape(2, 3)), classes.flip());

            assertThat(losses.values().total()).isCloseTo(expected, within(1e-5));
        }
    }
}
