// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedStateDictTest {

    /** Of the last layer for seven classes. */
    private static final long[] HEAD = {7, 1024};

    /** The head's norm, which the published classifier has and does not use. */
    private static final int UNUSED = 4;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void hasEveryNameShapeAndTypeInPublishedOrder(Variant variant) throws IOException {
        Weights weights = hashed(variant).inferenceOnly();

        Map<String, TensorData> tensors = PublishedStateDict.of(weights).tensors();

        Map<String, TensorData> published = StateDicts.published(variant.label());
        assertThat(tensors.keySet()).containsExactlyElementsOf(published.keySet());
        published.forEach(
                (name, tensor) -> {
                    assertThat(tensors.get(name).shape()).as(name).isEqualTo(tensor.shape());
                    assertThat(tensors.get(name).type()).as(name).isEqualTo(tensor.type());
                });
    }

    @Test
    void secondNamesStandForTheFirstTensor() {
        Map<String, TensorData> tensors = PublishedStateDict.of(hashed(Variant.STDC1)).tensors();

        assertThat(tensors.get("cp.backbone.x2.0.0.conv.weight"))
                .isSameAs(tensors.get("cp.backbone.features.0.conv.weight"));
        assertThat(tensors.get("cp.backbone.x8.0.3.conv_list.2.bn.running_var"))
                .isSameAs(tensors.get("cp.backbone.features.3.conv_list.2.bn.running_var"));
        assertThat(tensors.get("cp.backbone.x32.0.6.avd_layer.1.num_batches_tracked"))
                .isSameAs(tensors.get("cp.backbone.features.6.avd_layer.1.num_batches_tracked"));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenIsReadToTheLastBit(Variant variant) throws IOException {
        Weights weights = hashed(variant);

        Weights read = writtenAndRead(weights);

        assertThat(read.spec()).isEqualTo(weights.spec());
        assertEqual(read.tensors(), weights.tensors());
    }

    @Test
    void halfPrecisionWeightsAreReadAsTheSameNumbers() throws IOException {
        Weights weights = Weights.defaults();

        Weights read = writtenAndRead(weights);

        assertThat(read.hasTrainingHeads()).isTrue();
        assertEqual(read.inferenceOnly().tensors(), weights.tensors());
    }

    @ParameterizedTest
    @CsvSource({"STDC1, 46", "STDC2, 70"})
    void saysWhatIsFilled(Variant variant, int counters) {
        Weights weights = hashed(variant);

        assertThat(PublishedStateDict.of(weights).filled())
                .isEqualTo(new FilledTensors(0, 11, counters));
        assertThat(PublishedStateDict.of(weights.inferenceOnly()).filled())
                .isEqualTo(new FilledTensors(36, 11, counters));
    }

    @Test
    void aScaleThatTheNormCannotHaveGoesIntoTheConvolutionBeforeIt() throws IOException {
        float[] impossible = {0, -0.75f, 4e-6f, -4e-6f};
        Weights weights = hashed(Variant.STDC1);
        List<Convolution> layers = StateDictLayout.inPlaceLayers(weights.spec());
        Map<String, TensorData> tensors = new HashMap<>(weights.tensors());
        for (Convolution layer : layers) {
            float[] scale = tensors.get(layer.norm() + ".weight").toFloats();
            System.arraycopy(impossible, 0, scale, 0, impossible.length);
            tensors.put(layer.norm() + ".weight", TensorData.of(scale, scale.length));
        }

        Map<String, TensorData> read = writtenAndRead(with(weights, tensors)).tensors();

        for (Convolution layer : layers) {
            assertThat(read.get(layer.norm() + ".weight").toFloats())
                    .startsWith(1e-5f, 0.75f, 1e-5f, 1e-5f);
            assertClose(FoldedConvolution.of(layer, read), FoldedConvolution.of(layer, tensors));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClassifierHasThePublishedNamesOfABackboneWithoutTheirPrefix(Variant variant)
            throws IOException {
        ClassifierWeights weights = classifier(variant);

        PublishedStateDict dict = PublishedStateDict.of(weights);

        Map<String, TensorData> published =
                PublishedNames.ofBackbone(StateDicts.published(variant.label()));
        assertThat(dict.tensors().keySet()).containsExactlyElementsOf(published.keySet());
        published.forEach(
                (name, tensor) -> {
                    TensorData own = dict.tensors().get(name);
                    long[] shape = name.equals("linear.weight") ? HEAD : tensor.shape();
                    assertThat(own.shape()).as(name).isEqualTo(shape);
                    assertThat(own.type()).as(name).isEqualTo(tensor.type());
                });
        long counters = published.keySet().stream().filter(PublishedNames::isCounter).count();
        long twice =
                published.keySet().stream()
                        .filter(name -> PublishedNames.isCounter(name) && name.startsWith("x"))
                        .count();
        assertThat(dict.filled()).isEqualTo(new FilledTensors(0, UNUSED, (int) (counters - twice)));
    }

    @Test
    void aClassifierIsReadAsABackboneToTheLastBit() throws IOException {
        ClassifierWeights weights = classifier(Variant.STDC1);
        Path file = folder.resolve("backbone.tar");

        weights.writePublished(file);

        PretrainedWeights read = PretrainedWeights.ofClassifier(file, Variant.STDC1, 7);
        assertThat(read.anew()).isEmpty();
        assertEqual(read.tensors(), weights.tensors());
    }

    private static ClassifierWeights classifier(Variant variant) {
        List<String> names = List.of("a", "b", "c", "d", "e", "f", "g");
        return new ClassifierWeights(
                variant, names, ClassifierWeights.initialTensors(variant, names.size(), 3));
    }

    private Weights writtenAndRead(Weights weights) throws IOException {
        Path file = folder.resolve("published.pth");
        weights.writePublished(file);
        return Weights.read(file, Overrides.NONE);
    }

    private static Weights hashed(Variant variant) {
        PublishedModel model = PublishedModel.of(variant, false);
        Weights weights = Weights.initial(new Overrides(model, null, null));
        return with(weights, HashedWeights.plain(new ModelSpec(variant, 19)));
    }

    private static Weights with(Weights weights, Map<String, TensorData> tensors) {
        return new Weights(
                weights.spec(),
                tensors,
                weights.labels(),
                weights.scale(),
                weights.modelName(),
                "w",
                "");
    }

    private static void assertEqual(
            Map<String, TensorData> actual, Map<String, TensorData> expected) {
        assertThat(actual).containsOnlyKeys(new ArrayList<>(expected.keySet()));
        expected.forEach(
                (name, tensor) ->
                        assertThat(actual.get(name).toFloats())
                                .as(name)
                                .isEqualTo(tensor.toFloats()));
    }

    private static void assertClose(FoldedConvolution actual, FoldedConvolution expected) {
        assertThat(difference(actual.weight(), expected.weight())).isLessThan(1e-6f);
        assertThat(difference(actual.bias(), expected.bias())).isLessThan(1e-6f);
    }

    private static float difference(TensorData left, TensorData right) {
        assertThat(left.shape()).isEqualTo(right.shape());
        double largest = 0;
        for (int i = 0; i < left.elements(); i++) {
            largest = Math.max(largest, Math.abs(left.get(i) - right.get(i)));
        }
        return (float) largest;
    }
}
