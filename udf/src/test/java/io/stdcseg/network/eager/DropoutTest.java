// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropoutTest {

    @Test
    void leavesAShareOutAndKeepsTheMean() {
        try (NDManager manager = PyTorchRuntime.get(1).newBaseManager()) {
            NDArray maps = manager.ones(new Shape(10, 1000, 1, 1));

            float[] factors =
                    new Dropout(0.2, new SplittableRandom(1)).factors(maps).toFloatArray();

            int left = 0;
            double sum = 0;
            for (float factor : factors) {
                assertThat(factor).isIn(0f, 1.25f);
                left += factor == 0 ? 1 : 0;
                sum += factor;
            }
            assertThat(left / 1e4).isCloseTo(0.2, within(0.02));
            assertThat(sum / 1e4).isCloseTo(1, within(0.02));
        }
    }
}
