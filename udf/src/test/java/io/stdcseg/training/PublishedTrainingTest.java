// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.Variant;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Reference;
import io.stdcseg.training.loss.ClassWeights;
import io.stdcseg.training.loss.DifferentiableLosses;
import io.stdcseg.training.loss.LabelBatch;
import io.stdcseg.training.loss.LossOptions;
import io.stdcseg.training.loss.LossOptions.DetailRule;
import io.stdcseg.training.loss.SegmentationLoss;
import io.stdcseg.training.optimise.Optimiser;
import io.stdcseg.training.optimise.OptimiserOptions;
import io.stdcseg.training.optimise.Parameters;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three steps of training against those of the published code, number by number. */
class PublishedTrainingTest {

    private static final int PICTURES = 2;
    private static final int ROWS = 64;
    private static final int COLUMNS = 128;
    private static final double[] RATES = {0.001, 0.0005, 0.002};

    /**
     * How far the losses may be off. On one thread instead of two, the published code's own second
     * and third losses (STDC1) differ from the stored ones by 0.04 % and 1.5 %: see {@link
     * #tolerance}.
     */
    private static final double[] LATER_LOSSES = {1e-4, 2e-2, 1e-1};

    /**
     * How far parameters may be off; the published code's own, in double precision, by up to 0.2 %
     * (STDC1). Those of the backbone, off by 2 % there and 30 % in STDC2, are compared once only.
     */
    private static final double[] LATER_STEPS = {1e-3, 5e-3, 5e-2};

    private static final List<String> SEEN =
            List.of(
                    "cp.backbone.features.0.conv.weight",
                    "conv_out.conv_out.weight",
                    "ffm.conv1.weight",
                    "cp.arm16.bn_atten.weight");

    private static final LossOptions LOSS =
            new LossOptions(
                    0.7, 1.0 / 16, ClassWeights.power(0), 0, List.of(8), DetailRule.PUBLISHED);
    private static final OptimiserOptions SGD =
            new OptimiserOptions(OptimiserOptions.Method.SGD, 0.01, 10, 0.9, 5e-4, 0, false);

    private int threads;

    /** As many as the stored numbers were computed on, whichever test loaded PyTorch. */
    @BeforeEach
    void computeOnTwoThreads() {
        PyTorchRuntime.get(0);
        threads = PyTorchRuntime.threads();
        JniUtils.setNumThreads(2);
    }

    @AfterEach
    void computeAsBefore() {
        JniUtils.setNumThreads(threads);
    }

    @ParameterizedTest
    @EnumSource
    void lossesGradientsStatisticsAndStepsAreThePublishedOnes(Variant variant) {
        Reference reference = Reference.read("train_" + variant.label() + "_64x128");
        ModelSpec spec = new ModelSpec(variant, 19);
        float[] evenly = new float[19];
        Arrays.fill(evenly, 1);
        SegmentationLoss loss = new SegmentationLoss(LOSS, evenly);
        try (NDManager memory = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            EagerNetwork network = new EagerNetwork(spec, HashedWeights.plain(spec), memory);
            Map<String, NDArray> tensors = network.tensors();
            // Plain weights have lost the signs that the published norms ignore.
            Map<String, TensorData> published = HashedWeights.published(spec);
            StateDictLayout.inPlaceScales(spec)
                    .forEach(name -> tensors.get(name).set(published.get(name).toFloats()));
            Optimiser optimiser = Optimiser.of(SGD, Parameters.of(tensors, SGD), memory);
            float[] losses = reference.tensor("losses").toFloats();
            for (int step = 0; step < RATES.length; step++) {
                DifferentiableLosses terms = forwardAndBack(network, loss, reference, memory);
                double total = terms.values().total();
                assertClose("loss " + step, total, losses[step], LATER_LOSSES[step]);
                if (step == 0) {
                    assertLosses(terms, reference);
                    assertGradients(variant, tensors, reference);
                    assertStatistics(tensors, reference);
                }
                optimiser.step(RATES[step]);
                assertParameters(tensors, reference, step);
            }
        }
    }

    private static void assertParameters(
            Map<String, NDArray> tensors, Reference reference, int step) {
        for (String name : SEEN) {
            String stored = "step" + (step + 1) + "/" + name;
            if (!name.startsWith("cp.backbone.")) {
                assertClose(name, tensors.get(name), reference, stored, LATER_STEPS[step]);
            } else if (step == 0) {
                assertClose(name, tensors.get(name), reference, stored, 1e-2);
            }
        }
    }

    private static DifferentiableLosses forwardAndBack(
            EagerNetwork network, SegmentationLoss loss, Reference reference, NDManager memory) {
        ByteBuffer pixels = ByteBuffer.wrap(interleaved(reference.bytes("images")));
        Shape shape = new Shape(PICTURES, ROWS, COLUMNS, 3);
        NDArray images = EagerNetwork.normalise(memory.create(pixels, shape, DataType.UINT8));
        LabelBatch labels =
                new LabelBatch(PICTURES, ROWS, COLUMNS, ByteBuffer.wrap(reference.bytes("labels")));
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            Outputs<NDArray> outputs = network.forward(images, StdcSeg.DETAILS, true);
            DifferentiableLosses terms = loss.losses(outputs, labels);
            collector.backward(terms.total());
            return terms;
        }
    }

    private static void assertLosses(DifferentiableLosses losses, Reference reference) {
        Map<String, Double> terms = losses.values().terms();
        float[] ohem = reference.tensor("ohem").toFloats();
        assertClose("main", terms.get(SegmentationLoss.MAIN), ohem[0], 1e-4);
        assertClose("head 16", terms.get(SegmentationLoss.HEAD_16), ohem[1], 1e-4);
        assertClose("head 32", terms.get(SegmentationLoss.HEAD_32), ohem[2], 1e-4);
        assertClose(
                "edges", terms.get(SegmentationLoss.EDGES), reference.tensor("bce").get(0), 1e-4);
        assertClose(
                "dice", terms.get(SegmentationLoss.DICE), reference.tensor("dice").get(0), 1e-4);
    }

    private static void assertGradients(
            Variant variant, Map<String, NDArray> tensors, Reference reference) {
        String[] names = reference.metadata().get("grad_norm_names").split(",");
        float[] norms = reference.tensor("grad_norms").toFloats();
        for (int i = 0; i < names.length; i++) {
            if (tensors.get(names[i]).hasGradient()) {
                double norm = length(tensors.get(names[i]).getGradient().toFloatArray());
                assertClose(
                        "gradient of " + names[i], norm, norms[i], tolerance(variant, names[i]));
            } else {
                // The published optimiser leaves these out, too, though it takes their gradients.
                assertThat(names[i]).startsWith("cp.backbone.").doesNotContain(".conv.");
            }
        }
        for (String name : SEEN) {
            NDArray gradient = tensors.get(name).getGradient();
            assertClose(name, gradient, reference, "grad/" + name, tolerance(variant, name));
        }
    }

    /**
     * Norms of one pixel a map see two numbers here, and the gradient through them is the
     * difference of numbers almost equal. The backbone gets a part of its gradients from there. In
     * double precision, the published code's own gradients differ from the stored ones by up to 0.7
     * % (STDC1) and 9 % (STDC2), those of the fusion by 0.4 % and 1 %, those of the output heads by
     * less than 0.1 %.
     */
    private static double tolerance(Variant variant, String name) {
        if (name.startsWith("conv_out")) {
            return 1e-3;
        }
        if (name.startsWith("ffm.")) {
            return 2e-2;
        }
        return variant == Variant.STDC1 ? 2e-2 : 0.15;
    }

    private static void assertStatistics(Map<String, NDArray> tensors, Reference reference) {
        String mean = "cp.backbone.features.0.bn";
        String variance = "cp.conv_head16.bn";
        assertClose(
                mean, tensors.get(mean + ".running_mean"), reference, "running_mean/" + mean, 1e-3);
        assertClose(
                variance,
                tensors.get(variance + ".running_var"),
                reference,
                "running_var/" + variance,
                1e-3);
    }

    private static void assertClose(
            String what, NDArray array, Reference reference, String expected, double tolerance) {
        float[] values = array.toFloatArray();
        float[] wanted = reference.tensor(expected).toFloats();
        float[] difference = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            difference[i] = values[i] - wanted[i];
        }
        assertThat(length(difference) / length(wanted)).as(what).isLessThan(tolerance);
    }

    private static void assertClose(String what, double value, double wanted, double tolerance) {
        assertThat(value).as(what).isCloseTo(wanted, withPercentage(100 * tolerance));
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** Pictures, stored plane by plane, with their channels side by side. */
    private static byte[] interleaved(byte[] planes) {
        byte[] pixels = new byte[planes.length];
        int area = ROWS * COLUMNS;
        for (int i = 0; i < planes.length; i++) {
            int picture = i / (3 * area);
            int channel = i / area % 3;
            pixels[3 * (picture * area + i % area) + channel] = planes[i];
        }
        return pixels;
    }
}
