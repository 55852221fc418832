// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.SharedData;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "stdc1, weights, 8275104, stdc1-seg50, 0.5",
        "stdc1, model_maxmIOU75, 8275104, stdc1-seg75, 0.75",
        "stdc2, model_maxmIOU50, 12305568, stdc2-seg50, 0.5",
        "stdc2, seg75, 12305568, stdc2-seg75, 0.75"
    })
    void aPublishedStateDictIsRecognised(
            String variant, String fileName, int parameters, String model, double scale)
            throws IOException {
        Weights weights = read(StateDicts.published(variant), fileName, Overrides.NONE);

        assertThat(weights.spec())
                .isEqualTo(new ModelSpec(Variant.valueOf(variant.toUpperCase(Locale.ROOT)), 19));
        assertThat(weights.modelName()).isEqualTo(model);
        assertThat(weights.scale()).isEqualTo(InputScale.by(scale));
        assertThat(weights.labels()).isEqualTo(LabelSet.of("cityscapes"));
        assertThat(weights.sha256()).matches("[0-9a-f]{64}");
        assertThat(weights.hasTrainingHeads()).isTrue();
        assertThat(weights.tensors().keySet())
                .noneMatch(name -> name.contains(".x8.") || name.contains("linear"))
                .noneMatch(name -> name.contains("num_batches_tracked"));
        assertThat(
                        weights.inferenceOnly().tensors().entrySet().stream()
                                .filter(e -> !e.getKey().contains("running"))
                                .mapToLong(e -> e.getValue().elements())
                                .sum())
                .isEqualTo(parameters);
    }

    @Test
    void gammasOfTheDecoderBecomePlain() throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc1");

        Map<String, TensorData> plain = read(published, "w", Overrides.NONE).tensors();

        for (String name : List.of("cp.arm16.conv.bn", "cp.arm32.bn_atten", "ffm.convblk.bn")) {
            assertThat(plain.get(name + ".weight").toFloats())
                    .startsWith(0.75f + 1e-5f, 0.5f + 1e-5f, 0.25f + 1e-5f, 0f + 1e-5f);
            assertThat(plain.get(name + ".bias").toFloats()).startsWith(-0.75f);
        }
        for (String name :
                List.of(
                        "cp.backbone.features.0.bn.weight",
                        "cp.backbone.features.2.avd_layer.1.weight",
                        "cp.arm16.conv_atten.weight",
                        "conv_out.conv_out.weight")) {
            assertThat(plain.get(name).toFloats()).isEqualTo(published.get(name).toFloats());
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Weights weights = read(StateDicts.published("stdc1"), "w", Overrides.NONE).named("mine");
        Path file = folder.resolve("ours.safetensors");

        weights.inferenceOnly().write(file, ElementType.F16);
        Weights read = Weights.read(file, Overrides.NONE);

        assertThat(read.modelName()).isEqualTo("mine");
        assertThat(read.spec()).isEqualTo(weights.spec());
        assertThat(read.scale()).isEqualTo(weights.scale());
        assertThat(read.labels()).isEqualTo(weights.labels());
        assertThat(read.hasTrainingHeads()).isFalse();
        assertThat(read.file()).isEqualTo(file.toString());
        assertThat(read.sha256()).isNotEqualTo(weights.sha256());
        TensorData convolution = read.tensors().get("conv_out.conv_out.weight");
        assertThat(convolution.type()).isEqualTo(ElementType.F16);
        assertThat(convolution.toFloats())
                .isEqualTo(weights.tensors().get("conv_out.conv_out.weight").toFloats());
        TensorData gamma = read.tensors().get("ffm.convblk.bn.weight");
        assertThat(gamma.type()).isEqualTo(ElementType.F32);
        assertThat(gamma.toFloats())
                .isEqualTo(weights.tensors().get("ffm.convblk.bn.weight").toFloats());
    }

    @Test
    void anOwnLabelSetTravelsWithTheWeights() throws IOException {
        LabelSet factory =
                new LabelSet(
                        "factory",
                        List.of(new LabelClass("belt", 1, 2, 3), new LabelClass("box", 4, 5, 6)),
                        Map.of(7, 0, 9, 1, 255, 255));
        Map<String, TensorData> published = withClasses(2);
        Overrides options = new Overrides(null, factory, InputScale.toHeight(240));
        Path file = folder.resolve("factory.safetensors");

        read(published, "w", options).write(file, ElementType.F32);
        Weights read = Weights.read(file, Overrides.NONE);

        assertThat(read.labels()).isEqualTo(factory);
        assertThat(read.scale()).isEqualTo(InputScale.toHeight(240));
        assertThat(read.modelName()).isEqualTo("stdc1-factory");
        assertThat(read.hasTrainingHeads()).isTrue();
    }

    @Test
    void overridesWin() throws IOException {
        Overrides options = new Overrides(PublishedModel.STDC1_SEG75, null, InputScale.by(0.25));

        Weights weights = read(StateDicts.published("stdc1"), "w", options);

        assertThat(weights.modelName()).isEqualTo("stdc1-seg75");
        assertThat(weights.scale()).isEqualTo(InputScale.by(0.25));
    }

    @Test
    void aModelOfTheOtherVariantIsRefused() throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc1");
        Overrides options = new Overrides(PublishedModel.STDC2_SEG50, null, null);

        assertThatThrownBy(() -> read(published, "w", options))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("model stdc2-seg50 does not fit weights .*w, which hold stdc1");
    }

    @Test
    void aLabelSetOfAnotherSizeIsRefused() throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc1");
        Overrides options = new Overrides(null, LabelSet.of("camvid"), null);

        assertThatThrownBy(() -> read(published, "w", options))
                .isInstanceOf(InputException.class)
                .hasMessageMatching("label set camvid has 11 classes; weights .*w have 19");
    }

    @Test
    void theUnknownModelIsNamed() {
        assertThatThrownBy(() -> PublishedModel.of("stdc3"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "model 'stdc3' is unknown; allowed are stdc1-seg50, stdc1-seg75,"
                                + " stdc2-seg50, stdc2-seg75");
    }

    @Test
    void aMismatchSaysWhichNames() throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc1");
        published.keySet().removeIf(name -> name.startsWith("cp.arm16.conv.bn."));
        published.put("extra.weight", TensorData.of(new float[1], 1));
        published.put("ffm.conv1.weight", TensorData.of(new float[6], 2, 3));
        published.put("conv_out16.conv_out.weight", TensorData.of(new float[6], 2, 3));

        assertThatThrownBy(() -> read(published, "w", Overrides.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("w is refused: it does not fit stdc1 with 19 classes: ")
                .hasMessageContaining("4 missing (cp.arm16.conv.bn.weight, cp.arm16.conv.bn.bias,")
                .hasMessageContaining("; 1 unexpected (extra.weight); ")
                .hasMessageContaining(
                        "2 of another shape (ffm.conv1.weight 2x3 not 64x256x1x1,"
                                + " conv_out16.conv_out.weight 2x3 not 19x64x1x1)")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aFileOfSomethingElseIsRefusedInOneLine() throws IOException {
        assertThatThrownBy(
                        () ->
                                read(
                                        Map.of("a", TensorData.of(new float[1], 1)),
                                        "w",
                                        Overrides.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it does not fit stdc1: ")
                .hasMessageContaining(" missing (")
                .hasMessageContaining("1 unexpected (a)");
    }

    @Test
    void missingTrainingHeadsAreNoMismatch() throws IOException {
        Map<String, TensorData> published = StateDicts.published("stdc2");
        published.keySet().removeIf(name -> name.startsWith("conv_out_sp2."));

        assertThat(read(published, "w", Overrides.NONE).hasTrainingHeads()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "format, stdcseg-9, 'its metadata has format ''stdcseg-9'', not stdcseg-1'",
        "variant, stdc2, 'its metadata has variant ''stdc2'', not stdc1'",
        "classes, 11, 'its metadata has labelSet ''cityscapes'', not camvid'",
        "classes, x, 'its metadata has classes ''x'', not a whole number'",
        "scale, 0, 'its metadata has scale ''0'', not a number above 0'",
        "scale, NaN, 'its metadata has scale ''NaN'', not a number above 0'",
        "height, -1, 'its metadata has height ''-1'', not a whole number from 1'",
        "labelSet, /etc/passwd, 'its metadata has labelSet ''/etc/passwd'', not cityscapes'",
        "labels, '{}', its label set cannot be read",
        "labels, '[[[[', its label set cannot be read",
        "labels, '{\"name\":\"a\",\"classes\":[{\"name\":\"b\",\"color\":[1]}],\"fileIds\":{}}',"
                + " its label set"
    })
    void lyingMetadataIsRefused(String key, String value, String reason) throws IOException {
        Map<String, TensorData> tensors = StateDicts.published("stdc1");
        tensors.keySet().removeIf(PublishedNames::isUnused);
        Map<String, String> metadata = new HashMap<>();
        metadata.put("format", "stdcseg-1");
        metadata.put("model", "stdc1-seg50");
        metadata.put("variant", "stdc1");
        metadata.put("classes", "19");
        metadata.put("scale", "0.5");
        metadata.put("labelSet", "cityscapes");
        metadata.put(key, value);
        SafeTensors.Contents contents = new SafeTensors.Contents(tensors, metadata);

        assertThatThrownBy(() -> SafeTensorsWeights.read("w", "0", contents))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("checkpoint w is refused: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aClassifierOfOneClassIsRefused() throws IOException {
        assertThatThrownBy(() -> read(withClasses(1), "w", Overrides.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it tells 1 classes apart; 2 to 254 are possible");
    }

    @Test
    void initialWeightsAreTheSameEachTimeAndCanBeKept() throws IOException {
        Overrides options = new Overrides(PublishedModel.STDC2_SEG75, null, null);
        Weights initial = Weights.initial(options);
        Path file = folder.resolve("initial.safetensors");
        initial.write(file, ElementType.F32);

        Weights read = Weights.read(file, Overrides.NONE);

        assertThat(read.spec()).isEqualTo(new ModelSpec(Variant.STDC2, 19));
        assertThat(read.scale()).isEqualTo(InputScale.by(0.75));
        assertThat(read.modelName()).isEqualTo("stdc2-seg75");
        assertThat(read.labels()).isEqualTo(LabelSet.of("cityscapes"));
        Map<String, TensorData> again = Weights.initial(options).tensors();
        assertThat(read.tensors()).containsOnlyKeys(again.keySet());
        again.forEach(
                (name, tensor) ->
                        assertThat(read.tensors().get(name).toFloats())
                                .as(name)
                                .isEqualTo(tensor.toFloats()));
    }

    @Test
    void theRealCheckpointIsImported() throws IOException {
        Weights weights =
                Weights.read(SharedData.require("reference/stdc1_camvid.pth"), Overrides.NONE);

        assertThat(weights.modelName()).isEqualTo("stdc1-camvid");
        assertThat(weights.labels()).isEqualTo(LabelSet.of("camvid"));
        assertThat(weights.scale()).isEqualTo(InputScale.toHeight(360));
        assertThat(weights.hasTrainingHeads()).isTrue();
    }

    private Weights read(Map<String, TensorData> tensors, String fileName, Overrides options)
            throws IOException {
        Path file = folder.resolve(fileName);
        SafeTensors.write(file, tensors, Map.of());
        return Weights.read(file, options);
    }

    private static Map<String, TensorData> withClasses(int classes) throws IOException {
        Map<String, TensorData> tensors = StateDicts.published("stdc1");
        tensors.put(
                "conv_out.conv_out.weight",
                TensorData.of(new float[classes * 256], classes, 256, 1, 1));
        for (String head : List.of("conv_out16", "conv_out32")) {
            tensors.put(
                    head + ".conv_out.weight",
                    TensorData.of(new float[classes * 64], classes, 64, 1, 1));
        }
        return tensors;
    }
}
