// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.weights.Weights.Overrides;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangesMetadataTest {

    private static final Map<String, TensorData> TENSORS =
            Map.of("stem.weight", TensorData.of(new float[6], 2, 3, 1, 1));

    @TempDir private Path folder;

    @Test
    void filesOfWeightsKeepThem() throws Exception {
        float[] reach = new float[32];
        reach[31] = 2.5f;
        ActivationRanges ranges =
                new ActivationRanges(
                        Map.of("cp.backbone.features.0.conv", TensorData.of(reach, 32)));
        Path file = folder.resolve("calibrated.safetensors");

        Weights.defaults().calibrated(ranges).inferenceOnly().write(file, ElementType.F16);

        Weights read = Weights.read(file, Overrides.NONE);
        assertThat(read.ranges().reaches()).containsOnlyKeys("cp.backbone.features.0.conv");
        assertThat(read.ranges().reaches().get("cp.backbone.features.0.conv").toFloats())
                .isEqualTo(reach);
        assertThat(read.tensors()).doesNotContainKey("cp.backbone.features.0.conv.reach");
        assertThat(read.tensorsWithRanges()).containsKey("cp.backbone.features.0.conv.reach");
    }

    @ParameterizedTest
    @CsvSource({
        "reach.stem, AACAPwAAAEA=, ",
        "reach.root, AACAPwAAAEA=, 'reach.root is not of a layer of this network'",
        "reach.stem, AACAPwAAAE, 'reach.stem is not of 2 channels'",
        "reach.stem, AACAPw==, 'reach.stem is not of 2 channels'",
        "reach.stem, nonsense!, 'reach.stem is not Base64'",
        "reach.stem, AACAvwAAAEA=, 'reach.stem is not of numbers from 0'",
        "reach.stem, AADAfwAAAEA=, 'reach.stem is not of numbers from 0'"
    })
    void whatDoesNotFitIsRefused(String key, String text, String message) {
        FileErrors errors = new FileErrors("w.safetensors");
        if (message == null) {
            assertThat(
                            RangesMetadata.read(Map.of(key, text), TENSORS, errors)
                                    .reaches()
                                    .get("stem"))
                    .extracting(TensorData::toFloats)
                    .isEqualTo(new float[] {1, 2});
            return;
        }
        assertThatThrownBy(() -> RangesMetadata.read(Map.of(key, text), TENSORS, errors))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("w.safetensors")
                .hasMessageEndingWith(message);
    }
}
