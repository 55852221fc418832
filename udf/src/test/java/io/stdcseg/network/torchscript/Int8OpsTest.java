// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.Ops;
import io.stdcseg.network.Precision;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedMaps;
import io.stdcseg.network.quantise.QuantisedMaps.Gated;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Processor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each operation in 8 bits, against floats on the very numbers that its input's levels mean. */
class Int8OpsTest {

    private static final int PICTURES = 2;
    private static final int ROWS = 37;
    private static final int COLUMNS = 51;

    private static final int INPUTS = 16;
    private static final int OUTPUTS = 16;
    private static final Convolution EXACT = layer("exact", INPUTS, OUTPUTS, 3, Activation.RELU);

    private static final Convolution STEM = layer("stem", 3, 32, 3, Activation.RELU);
    private static final Convolution SHRINK =
            new Convolution(
                    "shrink", "shrink.bn", Norm.PLAIN, 32, 32, 3, 2, 32, Activation.NONE, false);
    private static final Convolution DENSE = layer("dense", 32, 32, 3, Activation.RELU);
    private static final Convolution POINT = layer("point", 32, 32, 1, Activation.RELU);
    private static final Convolution MEANS = layer("means", 32, 32, 1, Activation.RELU);
    private static final Convolution GATES = layer("gates", 32, 32, 1, Activation.SIGMOID);
    private static final Convolution WIDE = layer("wide", 64, 16, 3, Activation.RELU);
    private static final Convolution PARTLY = layer("partly", 32, 24, 3, Activation.RELU);
    private static final Map<String, TensorData> WEIGHTS = new TreeMap<>();

    static {
        Stream.of(STEM, SHRINK, DENSE, POINT, MEANS, GATES, WIDE, PARTLY)
                .forEach(layer -> WEIGHTS.putAll(HashedWeights.hash(layer.tensors())));
        // Nothing may be clipped between two steps.
        WEIGHTS.computeIfPresent(POINT.weightName(), (name, weight) -> halved(weight));
    }

    @TempDir private Path folder;

    /** What is done with maps. */
    private interface Step {
        <T> T on(Ops<T> ops, T x);
    }

    @BeforeAll
    static void needsInstructions() {
        Processor.requireInt8();
    }

    static Stream<Named<Step[]>> steps() {
        return Stream.of(
                from(Int8OpsTest::stem, "3x3", Int8OpsTest::dense),
                from(Int8OpsTest::stem, "per channel, signed", Int8OpsTest::shrink),
                from(Int8OpsTest::shrunken, "3x3 on signed", Int8OpsTest::dense),
                from(Int8OpsTest::stem, "repeated", Int8OpsTest::repeated),
                from(Int8OpsTest::stem, "average", Int8OpsTest::average),
                from(Int8OpsTest::stem, "side by side", Int8OpsTest::sideBySide),
                from(Int8OpsTest::stem, "gate plus itself", Int8OpsTest::gatePlusItself),
                from(Int8OpsTest::stem, "gate plus others", Int8OpsTest::gatePlusOthers),
                from(Int8OpsTest::stem, "gate plus means", Int8OpsTest::gatePlusMeans));
    }

    private static Named<Step[]> from(Step before, String name, Step step) {
        return Named.of(name, new Step[] {before, step});
    }

    @ParameterizedTest
    @MethodSource("steps")
    void levelsAreThoseOfTheFloats(Step[] steps) throws Exception {
        compare(steps[0], steps[1], ":");
    }

    /** Around a picture lies one level, which is zero for no channel exactly. */
    @Test
    void thoseOfThePictureAreSoInside() throws Exception {
        compare(Int8OpsTest::picture, Int8OpsTest::stem, "1:-1");
    }

    /** All scales are powers of two and all sums below 2^24, so that no float is rounded. */
    @Test
    void sumsAreThoseOfIntegers() throws Exception {
        int zero = 128;
        int half = 512;
        Random random = new Random(2);
        byte[] x = new byte[ROWS * COLUMNS * INPUTS];
        random.nextBytes(x);
        float[] weights = new float[OUTPUTS * INPUTS * 9];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 9 == 0 ? 127 : random.nextInt(255) - 127;
        }
        float[] biases = new float[OUTPUTS];
        for (int i = 0; i < OUTPUTS; i++) {
            biases[i] = 8_000 * (i - 3);
        }
        Quantisation in = uniform(INPUTS, 1, -zero);
        Quantisation out = uniform(OUTPUTS, 2 * half, 0);

        float[] found = convolve(x, weights, biases, in, out);

        for (int i = 0; i < found.length; i++) {
            int pixel = i % (ROWS * COLUMNS);
            int o = i / (ROWS * COLUMNS);
            long sum = (long) biases[o];
            for (int w = 0; w < INPUTS * 9; w++) {
                int row = pixel / COLUMNS + w % 9 / 3 - 1;
                int column = pixel % COLUMNS + w % 3 - 1;
                if (row >= 0 && row < ROWS && column >= 0 && column < COLUMNS) {
                    int level = x[(row * COLUMNS + column) * INPUTS + w / 9] & 255;
                    sum += (long) weights[o * INPUTS * 9 + w] * (level - zero);
                }
            }
            double level = Math.rint(sum / (2.0 * half)); // to even, as the processor rounds
            assertThat(found[i]).as("number " + i).isEqualTo((float) clipped(level));
        }
    }

    /** oneDNN may make what is left over wrong where a processor hides its caches. */
    @Test
    void outputsAreWholeBlocks() {
        assertThatThrownBy(
                        () -> quantised(new ScriptModule(), Int8OpsTest::stem, Int8OpsTest::partly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("24 output channels: in 8 bits only multiples of 16");
    }

    private float[] convolve(
            byte[] x, float[] weights, float[] biases, Quantisation in, Quantisation out)
            throws Exception {
        FoldedConvolution folded =
                new FoldedConvolution(
                        TensorData.of(weights, OUTPUTS, INPUTS, 3, 3),
                        TensorData.of(biases, OUTPUTS));
        ScriptModule archive = new ScriptModule();
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        Levels<String> levels = new Levels<>(body.let("torch.permute(x, [0, 3, 1, 2])"), in);
        QuantisedMaps<String> y =
                new Int8Convolutions(body, archive.constants(), new PrepackedWeights(body))
                        .convolve(levels, EXACT, folded, Optional.of(out));
        body.line("return torch.to(" + y.value() + ", " + ScalarTypes.FLOAT + ")");
        archive.method("forward", "x: Tensor", "Tensor", body);
        try (LoadedArchive loaded = new LoadedArchive(folder, archive)) {
            Shape shape = new Shape(1, ROWS, COLUMNS, INPUTS);
            NDArray input = loaded.manager().create(ByteBuffer.wrap(x), shape, DataType.UINT8);
            return loaded.run(new NDList(input)).singletonOrThrow().toFloatArray();
        }
    }

    private static Quantisation uniform(int channels, double scale, double shift) {
        double[] scales = new double[channels];
        double[] shifts = new double[channels];
        Arrays.fill(scales, scale);
        Arrays.fill(shifts, shift);
        return new Quantisation(scales, shifts);
    }

    private static double clipped(double level) {
        return Math.max(0, Math.min(255, level));
    }

    private void compare(Step before, Step step, String part) throws Exception {
        ScriptModule archive = new ScriptModule();
        Quantisation q = quantised(archive, before, step);
        try (LoadedArchive levels =
                        new LoadedArchive(Files.createDirectory(folder.resolve("q")), archive);
                LoadedArchive floats = new LoadedArchive(folder, floats(step))) {
            NDList numbers = levels.run(new NDList(pictures(levels)));

            NDArray expected = floats.run(new NDList(numbers.get(0))).singletonOrThrow();

            String index = ":, :, " + part + ", " + part;
            assertSame(numbers.get(1).get(index), expected.get(index), q);
        }
    }

    /**
     * Rounding to levels moves a number by a quarter of a level on average, by half a one at most;
     * rounding the weights adds a little, most where many pixels are bright.
     */
    private static void assertSame(NDArray found, NDArray expected, Quantisation q) {
        assertThat(found.getShape()).isEqualTo(expected.getShape());
        double[] foundLevels = levels(found, q);
        double[] levels = levels(expected, q);
        double sum = 0;
        double worst = 0;
        for (int i = 0; i < levels.length; i++) {
            double error = Math.abs(foundLevels[i] - clipped(levels[i]));
            sum += error;
            worst = Math.max(worst, error);
        }
        assertThat(worst).as("worst error in levels").isLessThan(3);
        assertThat(sum / levels.length).as("mean error in levels").isLessThan(0.3);
        assertThat(DoubleStream.of(foundLevels).map(Math::rint).distinct().count())
                .as("levels in use")
                .isGreaterThan(80);
    }

    /** With their fractions. */
    private static double[] levels(NDArray maps, Quantisation q) {
        float[] numbers = maps.toFloatArray();
        int pixels = (int) (maps.getShape().get(2) * maps.getShape().get(3));
        double[] levels = new double[numbers.length];
        for (int i = 0; i < levels.length; i++) {
            int channel = i / pixels % q.channels();
            levels[i] = (numbers[i] - q.shifts()[channel]) / q.scales()[channel];
        }
        return levels;
    }

    /** Writes a program of levels, and says what the levels of its result stand for. */
    private static Quantisation quantised(ScriptModule archive, Step before, Step step) {
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        Int8Ops ops = new Int8Ops(body, archive.constants(), WEIGHTS, new PrepackedWeights(body));
        QuantisedMaps<String> given = before.on(ops, ops.input("x"));
        QuantisedMaps<String> result = step.on(ops, given);
        body.line("return (" + ops.single(given) + ", " + ops.single(result) + ")");
        archive.method("forward", "x: Tensor", "Tuple[Tensor, Tensor]", body);
        return result instanceof Gated<String> gated
                ? gated.levels().quantisation().times(gated.widest())
                : ((Levels<String>) result).quantisation();
    }

    private static ScriptModule floats(Step step) {
        ScriptModule archive = new ScriptModule();
        MethodCode body = new MethodCode();
        ScriptOps ops =
                new ScriptOps(
                        body, archive.constants(), WEIGHTS, Precision.FP32, new AtenConvolutions());
        body.line("return " + step.on(ops, "x"));
        archive.method("forward", "x: Tensor", "Tensor", body);
        return archive;
    }

    /** Normalised levels, so that rounding them to levels changes nothing. */
    private static NDArray pictures(LoadedArchive archive) {
        Random random = new Random(1);
        float[] numbers = new float[PICTURES * ROWS * COLUMNS * 3];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] =
                    random.nextInt(256) * Normalisation.scale()[i % 3]
                            + Normalisation.shift()[i % 3];
        }
        return archive.manager().create(numbers, new Shape(PICTURES, ROWS, COLUMNS, 3));
    }

    private static <T> T picture(Ops<T> ops, T x) {
        return x;
    }

    private static <T> T stem(Ops<T> ops, T x) {
        return ops.convolve(x, STEM);
    }

    private static <T> T shrink(Ops<T> ops, T x) {
        return ops.convolve(x, SHRINK);
    }

    private static <T> T shrunken(Ops<T> ops, T x) {
        return shrink(ops, stem(ops, x));
    }

    private static <T> T dense(Ops<T> ops, T x) {
        return ops.convolve(x, DENSE);
    }

    private static <T> T partly(Ops<T> ops, T x) {
        return ops.convolve(x, PARTLY);
    }

    /** Both sizes are odd. */
    private static <T> T repeated(Ops<T> ops, T x) {
        return ops.convolveUpsampled(ops.averagePool(x), x, DENSE);
    }

    private static <T> T average(Ops<T> ops, T x) {
        return ops.averagePool(x);
    }

    private static <T> T sideBySide(Ops<T> ops, T x) {
        return ops.convolve(ops.concat(List.of(x, ops.convolve(x, POINT))), WIDE);
    }

    private static <T> T gatePlusItself(Ops<T> ops, T x) {
        return ops.add(gated(ops, x), x);
    }

    private static <T> T gatePlusOthers(Ops<T> ops, T x) {
        return ops.add(gated(ops, x), ops.convolve(x, POINT));
    }

    private static <T> T gatePlusMeans(Ops<T> ops, T x) {
        return ops.add(gated(ops, x), ops.convolve(ops.globalAveragePool(x), MEANS));
    }

    private static <T> T gated(Ops<T> ops, T x) {
        return ops.multiply(x, ops.convolve(ops.globalAveragePool(x), GATES));
    }

    private static TensorData halved(TensorData weight) {
        float[] values = weight.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] /= 2;
        }
        return TensorData.of(values, weight.shape());
    }

    private static Convolution layer(
            String name, int inputs, int outputs, int kernel, Activation activation) {
        return new Convolution(
                name, name + ".bn", Norm.PLAIN, inputs, outputs, kernel, 1, 1, activation, false);
    }
}
