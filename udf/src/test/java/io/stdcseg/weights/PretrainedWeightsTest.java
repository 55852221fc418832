// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.PyTorchCheckpointWriter;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainedWeightsTest {

    private static final String PLACE = "cp.backbone.";
    private static final String DECODER =
            "new: cp.arm16, cp.arm32, cp.conv_head32, cp.conv_head16, cp.conv_avg, ffm, conv_out,"
                    + " conv_out16, conv_out32, conv_out_sp16, conv_out_sp8, conv_out_sp4,"
                    + " conv_out_sp2";

    @TempDir Path folder;

    /** With its classifier and second names, as the published files of ImageNet have them. */
    @ParameterizedTest
    @EnumSource
    void takesABackboneAlone(Variant variant) throws IOException {
        Map<String, TensorData> published = StateDicts.published(variant.label());

        PretrainedWeights start = pth(backbone(published, "module."), variant, 19);

        assertThat(start.tensors()).hasSize(5 * convolutions(variant));
        start.tensors()
                .forEach(
                        (name, tensor) -> {
                            assertThat(name).startsWith("cp.backbone.features.");
                            assertThat(tensor.toFloats())
                                    .as(name)
                                    .isEqualTo(published.get(name).toFloats());
                        });
        assertThat(start.describe())
                .startsWith(start.tensors().size() + " of ")
                .endsWith(" tensors; " + DECODER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", PLACE})
    void takesABackboneOfAnyFormatAndPlace(String place) throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc1");
        Path file = folder.resolve("backbone.safetensors");
        SafeTensors.write(file, backbone(published, place), Map.of());

        PretrainedWeights start = PretrainedWeights.read(file, new ModelSpec(Variant.STDC1, 11));

        assertThat(start.tensors()).hasSize(5 * convolutions(Variant.STDC1));
    }

    @Test
    void takesAWholeNetworkWithPlainGammas() throws IOException {
        PretrainedWeights start = pth(StateDicts.published("stdc1"), Variant.STDC1, 19);

        assertThat(start.anew()).isEmpty();
        assertThat(start.describe()).matches("(\\d+) of \\1 tensors");
        assertThat(start.tensors().get("ffm.convblk.bn.weight").toFloats())
                .startsWith(0.75f + 1e-5f, 0.5f + 1e-5f);
    }

    @Test
    void otherClassesStartTheLastConvolutionsAnew() throws IOException {
        PretrainedWeights start = pth(StateDicts.published("stdc1"), Variant.STDC1, 11);

        assertThat(start.anew())
                .containsExactly(
                        "conv_out.conv_out.weight",
                        "conv_out16.conv_out.weight",
                        "conv_out32.conv_out.weight");
        assertThat(start.describe())
                .endsWith("; new: conv_out.conv_out, conv_out16.conv_out, conv_out32.conv_out");
    }

    @Test
    void takesWeightsForInference() throws IOException {
        Path file = folder.resolve("w.safetensors");
        SafeTensors.write(file, StateDicts.published("stdc2"), Map.of());
        Path halves = folder.resolve("halves.safetensors");
        Weights.read(file, Overrides.NONE).inferenceOnly().write(halves, ElementType.F16);

        PretrainedWeights start = PretrainedWeights.read(halves, new ModelSpec(Variant.STDC2, 19));

        assertThat(start.describe())
                .endsWith(
                        "; new: conv_out16, conv_out32, conv_out_sp16, conv_out_sp8, conv_out_sp4,"
                                + " conv_out_sp2");
    }

    /** STDC1's stages have two blocks each; STDC2's four, five and three. */
    @Test
    void aShallowerVariantsBlocksAreStacked() throws IOException {
        Map<String, TensorData> whole = StateDicts.published("stdc1");
        int[] sources = {0, 1, 1, 1, 2, 3, 3, 3, 3, 4, 5, 5};

        PretrainedWeights start = pth(whole, Variant.STDC2, 19);
        PretrainedWeights backbone = pth(backbone(whole, ""), Variant.STDC2, 19);

        assertThat(start.anew()).isEmpty();
        assertThat(start.tensors())
                .containsKeys("ffm.convblk.bn.weight", "conv_out.conv_out.weight");
        assertThat(backbone.tensors()).hasSize(5 * convolutions(Variant.STDC2));
        for (int block = 0; block < sources.length; block++) {
            String last = ".conv_list.3.conv.weight";
            String name = PLACE + "features." + (2 + block) + last;
            String source = PLACE + "features." + (2 + sources[block]) + last;
            for (PretrainedWeights each : List.of(start, backbone)) {
                assertThat(each.tensors().get(name).toFloats())
                        .as(name)
                        .isEqualTo(whole.get(source).toFloats());
            }
        }
    }

    @Test
    void aDeeperVariantIsRefused() throws IOException {
        Map<String, TensorData> whole = StateDicts.published("stdc2");
        Map<String, TensorData> backbone = backbone(whole, "");

        for (Map<String, TensorData> tensors : List.of(whole, backbone)) {
            assertThatThrownBy(() -> pth(tensors, Variant.STDC1, 19))
                    .isInstanceOf(InputException.class)
                    .hasMessageMatching(
                            "checkpoint .*w.tar is refused: it holds stdc2; the network to train"
                                    + " is stdc1");
        }
    }

    @Test
    void aBackboneThatDoesNotFitIsRefused() throws IOException {
        Map<String, TensorData> backbone = backbone(StateDicts.published("stdc1"), "");
        backbone.remove("features.0.conv.weight");
        backbone.put("features.0.bn.bias", TensorData.of(new float[2], 2));
        backbone.put("head.weight", TensorData.of(new float[2], 2));

        assertThatThrownBy(() -> pth(backbone, Variant.STDC1, 19))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "w.tar is refused: it does not fit the backbone of stdc1: 1 missing"
                                + " (cp.backbone.features.0.conv.weight); 1 unexpected"
                                + " (cp.backbone.head.weight); 1 of another shape"
                                + " (cp.backbone.features.0.bn.bias 2 not 32)");
    }

    @Test
    void aFileOfSomethingElseIsRefused() {
        Map<String, TensorData> other = Map.of("layer1.weight", TensorData.of(new float[1], 1));

        assertThatThrownBy(() -> pth(other, Variant.STDC1, 19))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("w.tar is refused: it does not fit stdc1: ")
                .hasMessageNotContaining("\n");
    }

    private PretrainedWeights pth(Map<String, TensorData> tensors, Variant variant, int classes)
            throws IOException {
        Path file = folder.resolve("w.tar");
        PyTorchCheckpointWriter.write(file, tensors);
        return PretrainedWeights.read(file, new ModelSpec(variant, classes));
    }

    private static Map<String, TensorData> backbone(
            Map<String, TensorData> published, String prefix) {
        Map<String, TensorData> backbone = new LinkedHashMap<>();
        published.forEach(
                (name, tensor) -> {
                    if (name.startsWith(PLACE)) {
                        backbone.put(prefix + name.substring(PLACE.length()), tensor);
                    }
                });
        return backbone;
    }

    /** In the backbone, as far as segmentation uses it; each has a weight and a norm of four. */
    private static int convolutions(Variant variant) {
        int blocks = variant.blocksPerStage().stream().mapToInt(Integer::intValue).sum();
        int stages = variant.blocksPerStage().size();
        return 2 + 4 * blocks + stages;
    }
}
