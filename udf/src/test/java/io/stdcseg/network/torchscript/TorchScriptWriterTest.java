// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Forward;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.StdcBackbone.Features;
import io.stdcseg.network.StdcSeg.Context;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.Variant;
import io.stdcseg.network.eager.EagerNetwork;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Processor;
import io.stdcseg.testing.Reference;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TorchScriptWriterTest {

    private static final ModelSpec SMALL = new ModelSpec(Variant.STDC1, 11);

    @TempDir private Path folder;

    @ParameterizedTest
    @MethodSource("io.stdcseg.network.Forward#values")
    void equalsThePublishedNetworkAtEveryStage(Forward forward) throws Exception {
        stagesEqual(forward, ModuleTarget.ANY);
    }

    @ParameterizedTest
    @MethodSource("io.stdcseg.network.Forward#values")
    void equalsItWithPackedWeightsToo(Forward forward) throws Exception {
        assumeTrue(ModuleTarget.ofThisCpu() == ModuleTarget.X86);
        stagesEqual(forward, ModuleTarget.X86);
    }

    private void stagesEqual(Forward forward, ModuleTarget target) throws Exception {
        Reference reference = forward.reference();
        try (LoadedArchive archive =
                new LoadedArchive(
                        folder,
                        forward.spec(),
                        forward.weights(),
                        TorchScriptOptions.stages(Precision.FP32).on(target))) {
            NDList stages =
                    archive.run(
                            reference.interleaved("image"), 1, forward.rows(), forward.columns());

            Forward.assertEqual(reference, outputs(stages));
        }
    }

    @ParameterizedTest
    @CsvSource({"STDC1, 0.5, 50", "STDC1, 0.75, 75", "STDC2, 0.5, 50"})
    void masksEqualThePublishedEvaluation(Variant variant, double scale, String name)
            throws Exception {
        ModelSpec spec = new ModelSpec(variant, 19);
        Reference reference =
                Reference.read("evaluate_" + variant.label() + "_128x256_scale" + name);
        long[][] confusion = new long[19][19];
        try (LoadedArchive archive =
                new LoadedArchive(
                        folder,
                        spec,
                        HashedWeights.plain(spec),
                        TorchScriptOptions.masks(InputScale.by(scale), Precision.FP32))) {
            for (int i = 0; i < 3; i++) {
                byte[] mask = archive.masks(reference.interleaved("image" + i), 1, 128, 256);

                assertThat(reference.agreement("pred" + i, mask)).isGreaterThanOrEqualTo(0.999);
                count(confusion, reference.bytes("label" + i), mask);
            }
        }
        long moved = 0;
        for (int i = 0; i < 19 * 19; i++) {
            double expected = reference.tensor("confusion").get(i);
            moved += Math.round(Math.abs(confusion[i / 19][i % 19] - expected));
        }
        assertThat(moved).isLessThanOrEqualTo(2 * 3 * 128 * 256 / 1000);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INT8") // Random weights leave no margins.
    void everyPrecisionSeesNearlyTheSame(Precision precision) throws Exception {
        require(precision);
        // fp16 is for GPUs: few processors can pack its weights.
        ModuleTarget target =
                precision == Precision.FP16 ? ModuleTarget.ANY : ModuleTarget.ofThisCpu();
        Forward forward = Forward.values()[0];
        Reference reference = forward.reference();
        try (LoadedArchive archive =
                new LoadedArchive(
                        folder,
                        forward.spec(),
                        forward.weights(),
                        TorchScriptOptions.masks(InputScale.by(1), precision).on(target))) {
            byte[] mask = archive.masks(reference.interleaved("image"), 1, 128, 256);

            assertThat(reference.agreement("out_mask", mask))
                    .isGreaterThan(precision == Precision.FP32 ? 0.999 : 0.98);
        }
    }

    private static void require(Precision precision) {
        if (precision == Precision.BF16) {
            Processor.requireBf16();
        }
    }

    /** oneDNN's end the process where a virtual machine hides the processor's caches. */
    @ParameterizedTest
    @MethodSource("targets")
    void noConvolutionIsOfOnePixel(ModuleTarget target, Precision precision) {
        TorchScriptOptions options =
                TorchScriptOptions.masks(InputScale.by(1), precision).on(target);

        String code = ModuleCode.write(SMALL, HashedWeights.plain(SMALL), options).text();

        assertThat(code)
                .contains("linear")
                .doesNotContainPattern("\\[1, 1], \\[0, 0], \\[1, 1], 1\\b")
                .doesNotContainPattern("\\[0, 0], \\[1, 1], \\[1, 1], 1\\b");
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                Arguments.of(ModuleTarget.ANY, Precision.FP32),
                Arguments.of(ModuleTarget.X86, Precision.BF16),
                Arguments.of(ModuleTarget.X86, Precision.INT8));
    }

    @Test
    void aBatchHoldsTheMasksOfItsPictures() throws Exception {
        byte[] first = noise(1, 45 * 61 * 3);
        byte[] second = noise(2, 45 * 61 * 3);
        byte[] both = Arrays.copyOf(first, 2 * first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        try (LoadedArchive archive =
                small(TorchScriptOptions.masks(InputScale.by(0.5), Precision.FP32))) {
            byte[] masks = archive.masks(both, 2, 45, 61);

            byte[] alone = archive.masks(second, 1, 45, 61);
            assertThat(Arrays.copyOfRange(masks, 45 * 61, 2 * 45 * 61)).isEqualTo(alone);
        }
    }

    /** Every layer is packed by the first call, for each scale, and then only used. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FP16") // Few processors can pack it.
    void packedWeightsServeFurtherCalls(Precision precision) throws Exception {
        assumeTrue(ModuleTarget.ofThisCpu() == ModuleTarget.X86, "packs for x86 only");
        require(precision);
        List<InputScale> scales = List.of(InputScale.by(0.75), InputScale.by(1));
        TorchScriptOptions options =
                TorchScriptOptions.masks(scales, true, precision).on(ModuleTarget.X86);
        Map<String, TensorData> weights = HashedWeights.plain(SMALL);
        String layer = precision == Precision.INT8 ? "qconv2d_pointwise" : "_convolution_pointwise";
        int layers = ModuleCode.write(SMALL, weights, options).text().split(layer).length - 1;
        try (LoadedArchive archive = new LoadedArchive(folder, SMALL, weights, options)) {
            NDManager manager = archive.manager();
            Shape shape = new Shape(2, 45, 61, 3);
            ByteBuffer levels = ByteBuffer.wrap(noise(6, 2 * 45 * 61 * 3));
            NDArray pictures = manager.create(levels, shape, DataType.UINT8);

            int perScale = packed(archive, TorchScriptWriter.SCORES, manager.randomNormal(shape));
            int all = packed(archive, TorchScriptWriter.MASKS, pictures);

            assertThat(perScale).isGreaterThanOrEqualTo(layers);
            assertThat(all).isEqualTo(perScale * scales.size());
        }
    }

    /** How many weights the first call packs; the next one must give the same with them. */
    private static int packed(LoadedArchive archive, String method, NDArray x) {
        NDList first = archive.run(call(archive, method + TorchScriptWriter.PACKING, x));
        NDList packed = first.subNDList(1);
        packed.forEach(tensor -> tensor.setName("packed[]"));
        NDList next = call(archive, method, x);
        next.addAll(packed);

        NDArray second = archive.run(next).singletonOrThrow();

        assertThat(second.contentEquals(first.head())).isTrue();
        return packed.size();
    }

    @Test
    void plainWeightsServeAsTheyAre() throws Exception {
        try (LoadedArchive archive =
                small(TorchScriptOptions.masks(InputScale.by(1), Precision.FP32))) {
            NDArray x = archive.manager().randomNormal(new Shape(2, 45, 61, 3));

            assertThat(packed(archive, TorchScriptWriter.SCORES, x)).isZero();
        }
    }

    private static NDList call(LoadedArchive archive, String method, NDArray x) {
        NDArray name = archive.manager().create(0f);
        name.setName("module_method:" + method);
        return new NDList(name, x);
    }

    @Test
    void aHeightDecidesTheWidthAsInJava() throws Exception {
        byte[] pixels = noise(3, 45 * 61 * 3);
        InputScale scale = InputScale.toHeight(30);
        double factor = 30.0 / 45;
        assertThat(scale.inputWidth(61, 45)).isEqualTo(41);
        assertThat((int) (61 * factor)).isEqualTo(40);
        try (LoadedArchive byHeight = small(TorchScriptOptions.masks(scale, Precision.FP32))) {
            byte[] mask = byHeight.masks(pixels, 1, 45, 61);

            assertThat(mask).isEqualTo(seen(pixels, 45, 61, 30, 41));
            assertThat(mask).isNotEqualTo(seen(pixels, 45, 61, 30, 40));
        }
    }

    @Test
    void severalScalesAndMirrorsAddTheirShares() throws Exception {
        byte[] pixels = noise(4, 48 * 64 * 3);
        List<InputScale> scales = List.of(InputScale.by(0.5), InputScale.by(1));
        try (LoadedArchive archive = small(TorchScriptOptions.masks(scales, true, Precision.FP32));
                LoadedArchive heads = small(TorchScriptOptions.logits(Precision.FP32))) {
            NDArray image = normalised(heads, pixels, 48, 64);
            NDArray sum = null;
            for (InputScale scale : scales) {
                NDArray small = resized(image, scale.inputHeight(48), scale.inputWidth(64, 48));
                NDArray plain = heads.run(new NDList(small)).get(0);
                NDArray mirrored = heads.run(new NDList(small.flip(3))).get(0).flip(3);
                for (NDArray scores : List.of(plain, mirrored)) {
                    NDArray shares = resized(scores, 48, 64).softmax(1);
                    sum = sum == null ? shares : sum.add(shares);
                }
            }

            assertThat(agreement(archive.masks(pixels, 1, 48, 64), Forward.mask(sum)))
                    .isGreaterThanOrEqualTo(0.999);
        }
    }

    @Test
    void masksNeedNoAuxiliaryWeights() throws Exception {
        var weights = HashedWeights.plain(SMALL);
        weights.keySet().removeIf(name -> name.matches("conv_out(16|32|_sp).*"));
        try (LoadedArchive archive =
                new LoadedArchive(
                        folder,
                        SMALL,
                        weights,
                        TorchScriptOptions.masks(InputScale.by(1), Precision.FP32))) {
            assertThat(archive.masks(noise(5, 33 * 47 * 3), 1, 33, 47)).hasSize(33 * 47);
        }
    }

    @Test
    void theSameContentGivesTheSameBytes() throws Exception {
        var weights = HashedWeights.plain(SMALL);
        TorchScriptOptions options = TorchScriptOptions.masks(InputScale.by(0.5), Precision.BF16);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        TorchScriptWriter.write(stream, SMALL, weights, options);
        Path file = folder.resolve("deeper/network.pt");
        TorchScriptWriter.write(file, SMALL, weights, options);

        assertThat(Files.readAllBytes(file)).isEqualTo(stream.toByteArray());
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    private LoadedArchive small(TorchScriptOptions options) throws Exception {
        Path own = Files.createTempDirectory(folder, "archive");
        return new LoadedArchive(own, SMALL, HashedWeights.plain(SMALL), options);
    }

    /** The mask when the network sees exactly this size. */
    private byte[] seen(byte[] pixels, int rows, int columns, int height, int width)
            throws Exception {
        try (LoadedArchive heads = small(TorchScriptOptions.logits(Precision.FP32))) {
            NDArray image = resized(normalised(heads, pixels, rows, columns), height, width);
            return Forward.mask(resized(heads.run(new NDList(image)).get(0), rows, columns));
        }
    }

    private static NDArray normalised(LoadedArchive archive, byte[] pixels, int rows, int columns) {
        return EagerNetwork.normalise(
                archive.manager()
                        .create(
                                ByteBuffer.wrap(pixels),
                                new Shape(1, rows, columns, 3),
                                DataType.UINT8));
    }

    private static NDArray resized(NDArray maps, int rows, int columns) {
        return EagerNetwork.resize(maps, rows, columns);
    }

    private static Outputs<NDArray> outputs(NDList s) {
        Features<NDArray> features =
                new Features<>(s.get(7), s.get(8), s.get(9), s.get(10), s.get(11));
        return new Outputs<>(
                s.get(0),
                s.get(1),
                s.get(2),
                Map.of(8, s.get(3)),
                s.get(4),
                new Context<>(features, s.get(5), s.get(6)));
    }

    private static void count(long[][] confusion, byte[] label, byte[] mask) {
        for (int i = 0; i < label.length; i++) {
            if ((label[i] & 255) < confusion.length) {
                confusion[label[i]][mask[i]]++;
            }
        }
    }

    private static double agreement(byte[] a, byte[] b) {
        int equal = 0;
        for (int i = 0; i < a.length; i++) {
            equal += a[i] == b[i] ? 1 : 0;
        }
        return (double) equal / a.length;
    }

    private static byte[] noise(long seed, int length) {
        byte[] noise = new byte[length];
        new Random(seed).nextBytes(noise);
        return noise;
    }
}
