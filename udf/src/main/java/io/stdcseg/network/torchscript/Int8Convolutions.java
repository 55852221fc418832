// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedConvolution;
import io.stdcseg.network.quantise.QuantisedMaps;
import io.stdcseg.network.quantise.QuantisedMaps.Floats;
import io.stdcseg.network.quantise.QuantisedMaps.Gated;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.network.torchscript.ConvolutionCode.Geometry;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.tensor.TensorData;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Int8 convolutions by oneDNN, of 8-bit levels with 8-bit weights, which processors with VNNI or
 * AMX sum up in 32 bits. Its scales of a whole input and a whole output are always 1 here.
 *
 * <p>What adds or weighs pixels of one map is a depthwise convolution, too: as floats the maps
 * would take four times the memory, and writing that takes several times as long.
 */
final class Int8Convolutions {

    /** Rows and columns of the squares whose sums are added up for a whole map's mean. */
    private static final int SQUARE = 4;

    /** Output channels that oneDNN's kernels make at a time. */
    private static final int BLOCK = 16;

    private final MethodCode body;
    private final ModuleConstants constants;
    private final PrepackedWeights packed;
    private final String weightZero;

    Int8Convolutions(MethodCode body, ModuleConstants constants, PrepackedWeights packed) {
        this.body = body;
        this.constants = constants;
        this.packed = packed;
        this.weightZero = body.let("torch.zeros([1], dtype=%d)", ScalarTypes.INT);
    }

    /**
     * A convolution and its activation.
     *
     * @param out what levels of the result stand for; empty if floats are wanted
     */
    QuantisedMaps<String> convolve(
            Levels<String> x,
            Convolution layer,
            FoldedConvolution folded,
            Optional<Quantisation> out) {
        String y = convolve(x, folded, Geometry.of(layer), layer.activation(), out);
        return out.isPresent() ? new Levels<>(y, out.get()) : new Floats<>(y);
    }

    /** Mean of 3x3 pixels at every second pixel; the zeros around the map count. */
    Levels<String> averagePool(Levels<String> x) {
        Quantisation same = x.quantisation();
        Optional<Quantisation> out = Optional.of(same);
        FoldedConvolution mean = FoldedConvolution.depthwise(same.channels(), 3, 1f / 9);
        Geometry geometry = new Geometry(2, 1, same.channels());
        return new Levels<>(convolve(x, mean, geometry, Activation.NONE, out), same);
    }

    /** Mean over each map: sums of squares that reach over its edges, where there are zeros. */
    String globalAveragePool(Levels<String> x) {
        Quantisation in = x.quantisation();
        FoldedConvolution sum = FoldedConvolution.depthwise(in.channels(), SQUARE, 1);
        Geometry geometry = new Geometry(SQUARE, SQUARE - 1, in.channels());
        String sums = convolve(x, sum, geometry, Activation.NONE, Optional.empty());
        return body.let(
                "torch.div(torch.sum(%s, [2, 3], True),"
                        + " torch.mul(torch.size(%s, 2), torch.size(%s, 3)))",
                sums, x.value(), x.value());
    }

    /**
     * Each map times its gate, which becomes part of the scales. These go for a whole call: the
     * pictures of a batch take turns.
     */
    Levels<String> multiply(Gated<String> x) {
        Quantisation in = x.levels().quantisation();
        Quantisation out = in.times(x.widest());
        QuantisedConvolution same =
                QuantisedConvolution.of(
                        FoldedConvolution.depthwise(in.channels(), 1, 1), in, Optional.of(out));
        Geometry geometry = new Geometry(1, 0, in.channels());
        String scale = constants.add(same.scale());
        String weight = pack(in, onePicture(x.value()), same.steps(), scale, geometry);
        body.line("parts = annotate(List[Tensor], [])");
        body.line("for i in range(torch.size(" + x.value() + ", 0)):");
        body.line("  picture = torch.narrow(" + x.value() + ", 0, i, 1)");
        body.line("  gate = torch.flatten(torch.select(" + x.gate() + ", 0, i))");
        body.line("  scale = torch.mul(gate, " + scale + ")");
        Optional<Quantisation> to = Optional.of(out);
        String y = call("picture", in, weight, "scale", "None", geometry, Activation.NONE, to);
        body.line("  more = torch.append(parts, " + y + ")");
        return new Levels<>(body.let("torch.cat(parts, 0)"), out);
    }

    private String convolve(
            Levels<String> x,
            FoldedConvolution folded,
            Geometry geometry,
            Activation activation,
            Optional<Quantisation> out) {
        String size = "torch.size(" + x.value() + ")";
        return body.let(
                prepare(x.quantisation(), folded, geometry, activation, out, size)
                        .apply(x.value()));
    }

    /**
     * As {@link ConvolutionCode#prepare}.
     *
     * @param in what levels of the maps stand for
     * @param out what levels of the result stand for; empty if floats are wanted
     * @throws IllegalArgumentException if the last outputs are no whole block: oneDNN 3.7 makes
     *     them wrong where a processor has AVX512 and hides its caches
     */
    UnaryOperator<String> prepare(
            Quantisation in,
            FoldedConvolution folded,
            Geometry geometry,
            Activation activation,
            Optional<Quantisation> out,
            String size) {
        QuantisedConvolution rounded = QuantisedConvolution.of(folded, in, out);
        String scale = constants.add(rounded.scale());
        String bias = constants.add(rounded.bias());
        if (geometry.pointwise()) {
            String weight = pack(rounded.matrix(), LayoutCode.pixels(body, size));
            return x -> product(x, in, weight, scale, bias, activation, out);
        }
        long outputs = rounded.steps().shape()[0];
        if (outputs % BLOCK != 0) {
            throw new IllegalArgumentException(
                    outputs + " output channels: in 8 bits only multiples of " + BLOCK);
        }
        String weight = pack(in, size, rounded.steps(), scale, geometry);
        return x -> call(x, in, weight, scale, bias, geometry, activation, out);
    }

    /** The matrix of a product packed for a number of pixels. */
    private String pack(TensorData matrix, String pixels) {
        return packed.add(
                String.format(
                        Locale.ROOT,
                        "ops.onednn.qlinear_prepack(%s, [%s, %d])",
                        constants.add(matrix),
                        pixels,
                        matrix.shape()[1]));
    }

    /** Weights packed for maps of a size. */
    private String pack(
            Quantisation in, String size, TensorData steps, String scale, Geometry geometry) {
        return packed.add(
                String.format(
                        Locale.ROOT,
                        "ops.onednn.qconv_prepack(%s, %s, 1., %d, %s, %s)",
                        constants.add(steps),
                        scale,
                        in.zero(),
                        geometry.strideFirst(),
                        size));
    }

    /** The size of one picture's maps. */
    private static String onePicture(String x) {
        return String.format(
                Locale.ROOT,
                "[1, torch.size(%1$s, 1), torch.size(%1$s, 2), torch.size(%1$s, 3)]",
                x);
    }

    private String call(
            String x,
            Quantisation in,
            String weight,
            String scale,
            String bias,
            Geometry geometry,
            Activation activation,
            Optional<Quantisation> out) {
        return String.format(
                Locale.ROOT,
                "ops.onednn.qconv2d_pointwise(%s, 1., %d, %s, %s, %s, %s, %s, %s)",
                x,
                in.zero(),
                weight,
                scale,
                weightZero,
                bias,
                geometry.strideFirst(),
                result(activation, out));
    }

    private String product(
            String x,
            Quantisation in,
            String weight,
            String scale,
            String bias,
            Activation activation,
            Optional<Quantisation> out) {
        return LayoutCode.channelsFirst(
                String.format(
                        Locale.ROOT,
                        "ops.onednn.qlinear_pointwise(%s, 1., %d, %s, %s, %s, %s, %s)",
                        LayoutCode.channelsLast(x),
                        in.zero(),
                        weight,
                        scale,
                        weightZero,
                        bias,
                        result(activation, out)));
    }

    /** What becomes of the sums: scale, zero and type of the result, and its activation. */
    private static String result(Activation activation, Optional<Quantisation> out) {
        return String.format(
                Locale.ROOT,
                "1., %d, %d, \"%s\", annotate(List[Optional[number]], []), \"\"",
                out.map(Quantisation::zero).orElse(0),
                out.isPresent() ? ScalarTypes.BYTE : ScalarTypes.FLOAT,
                switch (activation) {
                    case NONE -> "none";
                    case RELU -> "relu";
                    case SIGMOID -> throw new IllegalArgumentException("gates are made of floats");
                });
    }
}
