// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.PyTorchCheckpointWriter;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The network as other projects write it. */
class NetworkTensorsTest {

    private static final String BIAS = "decode_head.conv_seg.bias";

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void namesOfSuperGradientsAreKnown(Variant variant) throws IOException {
        Map<String, TensorData> network = numbered(variant);

        Weights weights = read(foreign(ForeignNames.superGradients(variant), network, "module."));

        assertThat(weights.spec()).isEqualTo(new ModelSpec(variant, 19));
        assertThat(weights.modelName()).isEqualTo(variant.label() + "-seg50");
        assertSame(weights.tensors(), network);
    }

    @ParameterizedTest
    @EnumSource
    void namesOfMmsegmentationAreKnown(Variant variant) throws IOException {
        Map<String, TensorData> network = numbered(variant);
        Map<String, TensorData> given = foreign(ForeignNames.mmsegmentation(variant), network, "");
        given.put(BIAS, TensorData.of(new float[19], 19));

        Weights weights = read(given);

        assertThat(weights.modelName()).isEqualTo(variant.label() + "-cityscapes");
        assertThat(weights.scale()).isEqualTo(InputScale.by(1));
        assertSame(weights.tensors(), network);
    }

    @Test
    void aClassifierThatAddsMoreIsRefusedAndItsBackboneTaken() throws IOException {
        Map<String, TensorData> network = numbered(Variant.STDC1);
        Map<String, TensorData> given =
                foreign(ForeignNames.mmsegmentation(Variant.STDC1), network, "");
        float[] bias = new float[19];
        bias[3] = 0.5f;
        given.put(BIAS, TensorData.of(bias, 19));

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "w.pth is refused: it is of mmsegmentation and adds a bias to each class,"
                                + " which this network does not; train --init takes its backbone");
        PretrainedWeights start =
                PretrainedWeights.read(folder.resolve("w.pth"), new ModelSpec(Variant.STDC1, 11));
        network.keySet().removeIf(name -> !PublishedNames.isOfBackbone(name));
        assertSame(start.tensors(), network);
    }

    @Test
    void aBackboneOfMmsegmentationStartsATraining() throws IOException {
        Map<String, TensorData> network = numbered(Variant.STDC2);
        network.keySet().removeIf(name -> !PublishedNames.isOfBackbone(name));
        Map<String, TensorData> given = new HashMap<>();
        foreign(ForeignNames.mmsegmentation(Variant.STDC2), network, "")
                .forEach((name, tensor) -> given.put(name.replaceAll("^(backbone.)+", ""), tensor));
        PyTorchCheckpointWriter.write(folder.resolve("w.pth"), given);

        PretrainedWeights start =
                PretrainedWeights.read(folder.resolve("w.pth"), new ModelSpec(Variant.STDC2, 19));

        assertSame(start.tensors(), network);
    }

    /** As Lightning and compiled modules put one around the network; a loss may lie beside it. */
    @ParameterizedTest
    @CsvSource({"model.", "net._orig_mod.", "''"})
    void aNetworkInsideAnotherOneIsFound(String wrapper) throws IOException {
        Map<String, TensorData> given = new LinkedHashMap<>();
        StateDicts.published("stdc1").forEach((name, tensor) -> given.put(wrapper + name, tensor));
        if (!wrapper.isEmpty()) {
            given.put("loss.weight", TensorData.of(new float[19], 19));
        }

        assertThat(read(given).spec()).isEqualTo(new ModelSpec(Variant.STDC1, 19));
    }

    @Test
    void namesOfPaddleSegAreRefused() throws IOException {
        Map<String, TensorData> given = StateDicts.published("stdc1");
        given.put("cp.backbone.features.0.bn._variance", TensorData.of(new float[32], 32));

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("w.pth is refused: it is of PaddleSeg, whose convolutions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stages.2.99.layers.9.conv.weight", "stages.4.5.layers.0.conv.weight"})
    void blocksThatThereCannotBeAreRefused(String odd) throws IOException {
        Map<String, TensorData> given =
                foreign(ForeignNames.mmsegmentation(Variant.STDC1), numbered(Variant.STDC1), "");
        given.put("backbone.backbone." + odd, TensorData.of(new float[1], 1));

        assertThatThrownBy(() -> read(given))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("w.pth is refused: it does not fit stdc1 with 19 classes: ");
    }

    @Test
    void numbersThatATrainingLostAreRefused() throws IOException {
        Map<String, TensorData> given = StateDicts.published("stdc1");
        float[] bias = new float[128];
        bias[5] = Float.NaN;
        given.put("cp.conv_avg.bn.bias", TensorData.of(bias, 128));
        Path file = folder.resolve("w.safetensors");
        SafeTensors.write(file, given, Map.of());

        for (Path each : List.of(file, folder.resolve("w.pth"))) {
            PyTorchCheckpointWriter.write(folder.resolve("w.pth"), given);
            assertThatThrownBy(() -> Weights.read(each, Overrides.NONE))
                    .isInstanceOf(InputException.class)
                    .hasMessageEndingWith(
                            " is refused: tensor cp.conv_avg.bn.bias holds NaN, as after a training"
                                    + " that failed; finite numbers are needed");
        }
    }

    private Weights read(Map<String, TensorData> tensors) throws IOException {
        Path file = folder.resolve("w.pth");
        PyTorchCheckpointWriter.write(file, tensors);
        return Weights.read(file, Overrides.NONE);
    }

    private static void assertSame(Map<String, TensorData> actual, Map<String, TensorData> wanted) {
        assertThat(actual).containsOnlyKeys(wanted.keySet());
        wanted.forEach(
                (name, tensor) ->
                        assertThat(actual.get(name).toFloats())
                                .as(name)
                                .isEqualTo(tensor.toFloats()));
    }

    /** All tensors that inference needs, other numbers in each. */
    private static Map<String, TensorData> numbered(Variant variant) throws IOException {
        Map<String, TensorData> network = StateDicts.published(variant.label());
        network.keySet()
                .removeIf(
                        name ->
                                PublishedNames.isUnused(name)
                                        || PublishedNames.isTrainingOnly(name));
        int number = 1;
        for (Map.Entry<String, TensorData> entry : network.entrySet()) {
            float[] values = entry.getValue().toFloats();
            Arrays.fill(values, number++);
            entry.setValue(TensorData.of(values, entry.getValue().shape()));
        }
        return network;
    }

    private static Map<String, TensorData> foreign(
            Map<String, String> names, Map<String, TensorData> network, String wrapper) {
        TensorData other = TensorData.of(new float[2], 2);
        Map<String, TensorData> given = new LinkedHashMap<>();
        names.forEach(
                (name, published) -> {
                    if (published == null || network.containsKey(published)) {
                        given.put(
                                wrapper + name, published == null ? other : network.get(published));
                    }
                });
        return given;
    }
}
