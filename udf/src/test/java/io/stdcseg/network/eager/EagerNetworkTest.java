// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.stdcseg.network.Forward;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcBackbone;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.Variant;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Reference;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EagerNetworkTest {

    @ParameterizedTest
    @MethodSource("io.stdcseg.network.Forward#values")
    void equalsThePublishedNetworkAtEveryStage(Forward forward) {
        try (NDManager manager = manager();
                NDManager pictures = manager.newSubManager()) {
            EagerNetwork network = new EagerNetwork(forward.spec(), forward.weights(), manager);
            Reference reference = forward.reference();
            NDArray image = image(pictures, reference, forward.rows(), forward.columns());

            Forward.assertEqual(reference, network.forward(image, StdcSeg.DETAILS, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void classifiesAsThePublishedBackbone(Variant variant) {
        try (NDManager manager = manager()) {
            Reference reference = Reference.read("classify_" + variant.label() + "_96x64");
            Map<String, NDArray> tensors = new HashMap<>();
            HashedWeights.classifier(variant)
                    .forEach(
                            (name, tensor) ->
                                    tensors.put(
                                            name,
                                            manager.create(
                                                    tensor.toFloats(), new Shape(tensor.shape()))));
            EagerOps ops = new EagerOps(tensors, ConvolutionPrecision.FP32, false);
            StdcBackbone backbone = new StdcBackbone(variant, "");

            Features<NDArray> features = backbone.features(ops, image(manager, reference, 96, 64));
            float[] logits =
                    backbone.classify(ops, features, StdcBackbone.IMAGENET_CLASSES).toFloatArray();

            float[] expected = reference.tensor("logits").toFloats();
            float largest = difference(expected, new float[expected.length]);
            assertThat(difference(logits, expected) / largest).isLessThan(1e-3f);
        }
    }

    @Test
    void everyParameterOfTheHeadsLearnsAndStatisticsMove() {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 11);
        try (NDManager manager = manager();
                NDManager batch = manager.newSubManager()) {
            EagerNetwork network = new EagerNetwork(spec, HashedWeights.plain(spec), manager);
            network.tensors()
                    .forEach((name, t) -> t.setRequiresGradient(!name.contains("running")));
            float mean = network.tensors().get("ffm.convblk.bn.running_mean").getFloat(0);
            NDArray image = batch.randomUniform(-2, 2, new Shape(2, 3, 50, 70), DataType.FLOAT32);

            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                Outputs<NDArray> outputs = network.forward(image, StdcSeg.DETAILS, true);
                NDArray sum = outputs.out().square().mean();
                sum = sum.add(outputs.out16().square().mean());
                sum = sum.add(outputs.out32().square().mean());
                for (NDArray detail : outputs.details().values()) {
                    sum = sum.add(detail.square().mean());
                }
                collector.backward(sum);
            }

            network.tensors()
                    .forEach(
                            (name, tensor) -> {
                                if (!name.contains("running")) {
                                    assertThat(tensor.getGradient().abs().sum().getFloat())
                                            .as(name)
                                            .isPositive();
                                }
                            });
            assertThat(network.tensors().get("ffm.convblk.bn.running_mean").getFloat(0))
                    .isNotEqualTo(mean);
        }
    }

    @Test
    void givesWeightsBackPlain() {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 11);
        Map<String, TensorData> weights = HashedWeights.plain(spec);
        try (NDManager manager = manager()) {
            Map<String, TensorData> back = new EagerNetwork(spec, weights, manager).weights();

            assertThat(back.keySet()).isEqualTo(weights.keySet());
            weights.forEach(
                    (name, tensor) ->
                            assertThat(difference(back.get(name).toFloats(), tensor.toFloats()))
                                    .as(name)
                                    .isLessThan(2e-7f));
        }
    }

    @Test
    void leavesNothingBehindInTheNetworksManager() {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 11);
        try (NDManager manager = manager()) {
            EagerNetwork network = new EagerNetwork(spec, HashedWeights.plain(spec), manager);
            int before = manager.getManagedArrays().size();
            try (NDManager pictures = manager.newSubManager()) {
                network.forward(pictures.zeros(new Shape(1, 3, 33, 65)), StdcSeg.DETAILS, false);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    private static NDArray image(NDManager manager, Reference reference, int rows, int columns) {
        ByteBuffer pixels = ByteBuffer.wrap(reference.interleaved("image"));
        return EagerNetwork.normalise(
                manager.create(pixels, new Shape(1, rows, columns, 3), DataType.UINT8));
    }

    private static float difference(float[] a, float[] b) {
        float difference = 0;
        for (int i = 0; i < a.length; i++) {
            difference = Math.max(difference, Math.abs(a[i] - b[i]));
        }
        return difference;
    }

    private static NDManager manager() {
        return NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }
}
