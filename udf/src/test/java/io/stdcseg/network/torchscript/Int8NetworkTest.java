// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Processor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole archives in 8 bits. */
class Int8NetworkTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource
    void everyStageIsNearThatOfFloats(Variant variant) throws Exception {
        Processor.requireInt8();
        byte[] pictures = new byte[2 * 90 * 122 * 3];
        new Random(1).nextBytes(pictures);
        try (LoadedArchive floats = stages(variant, Precision.FP32);
                LoadedArchive levels = stages(variant, Precision.INT8)) {
            NDList expected = floats.run(pictures, 2, 90, 122);

            NDList found = levels.run(pictures, 2, 90, 122);

            for (int stage = 0; stage < expected.size(); stage++) {
                NDArray error = found.get(stage).sub(expected.get(stage));
                assertThat(norm(error) / norm(expected.get(stage)))
                        .as("relative error of stage " + stage)
                        .isLessThan(0.25);
            }
        }
    }

    @Test
    void anArchiveIsForX86Only() {
        TorchScriptOptions options = TorchScriptOptions.masks(InputScale.by(1), Precision.INT8);

        assertThat(options.target()).isEqualTo(ModuleTarget.X86);
        assertThatThrownBy(() -> options.on(ModuleTarget.ANY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("int8 runs on x86 processors only");
    }

    private LoadedArchive stages(Variant variant, Precision precision) throws Exception {
        ModelSpec spec = new ModelSpec(variant, 11);
        Map<String, TensorData> weights = new TreeMap<>(HashedWeights.plain(spec));
        weights.replaceAll((name, tensor) -> name.endsWith(".running_var") ? wide(tensor) : tensor);
        return new LoadedArchive(
                Files.createTempDirectory(folder, "archive"),
                spec,
                weights,
                TorchScriptOptions.stages(precision));
    }

    /** Ranges come from the norms, so these must not claim less than what is there. */
    private static TensorData wide(TensorData variance) {
        float[] values = variance.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2;
        }
        return TensorData.of(values, variance.shape());
    }

    private static double norm(NDArray numbers) {
        return Math.sqrt(numbers.mul(numbers).sum().getFloat());
    }
}
