// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.ExportOps;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.ConvolutionCode.Geometry;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Back end that writes one line of TorchScript per operation; maps are the name of their value. */
final class ScriptOps implements ExportOps<String, String> {

    private final MethodCode body;
    private final ModuleConstants constants;
    private final Map<String, TensorData> weights;
    private final Precision precision;
    private final ConvolutionCode convolutions;

    ScriptOps(
            MethodCode body,
            ModuleConstants constants,
            Map<String, TensorData> weights,
            Precision precision,
            ConvolutionCode convolutions) {
        this.body = body;
        this.constants = constants;
        this.weights = weights;
        this.precision = precision;
        this.convolutions = convolutions;
    }

    @Override
    public String convolve(String x, Convolution layer) {
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        String size = "torch.size(" + x + ")";
        return body.let(prepare(layer, folded, Geometry.of(layer), size).apply(x));
    }

    @Override
    public String convolveUpsampled(String x, String like, Convolution layer) {
        if (!convolutions.subPixel()) {
            return ExportOps.super.convolveUpsampled(x, like, layer);
        }
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        return new SubPixelConvolution(
                        body, (part, geometry, size) -> prepare(layer, part, geometry, size))
                .write(x, like, folded);
    }

    private UnaryOperator<String> prepare(
            Convolution layer, FoldedConvolution folded, Geometry geometry, String size) {
        TensorData filters = geometry.pointwise() ? folded.matrix() : folded.weight();
        String weight = constants.add(filters.to(precision.type(), layer.weightName()));
        String bias =
                folded.bias() == null
                        ? "None"
                        : constants.add(folded.bias().to(precision.type(), layer.name() + ".bias"));
        return convolutions.prepare(body, weight, bias, geometry, layer.activation(), size);
    }

    @Override
    public String add(String a, String b) {
        return body.let("torch.add(%s, %s)", a, b);
    }

    @Override
    public String multiply(String a, String b) {
        return body.let("torch.mul(%s, %s)", a, b);
    }

    @Override
    public String concat(List<String> maps) {
        return body.let("torch.cat([%s], 1)", String.join(", ", maps));
    }

    @Override
    public String averagePool(String x) {
        return body.let("torch.avg_pool2d(%s, [3, 3], [2, 2], [1, 1], False, True, None)", x);
    }

    @Override
    public String globalAveragePool(String x) {
        return body.let("torch.adaptive_avg_pool2d(%s, [1, 1])", x);
    }

    @Override
    public String upsampleNearest(String x, String like) {
        return body.let("torch.upsample_nearest2d(%s, %s, None)", x, sizeOf(like));
    }

    @Override
    public String upsampleBilinear(String x, String like) {
        return body.let("torch.upsample_bilinear2d(%s, %s, True, None)", single(x), sizeOf(like));
    }

    @Override
    public String input(String pictures) {
        String narrowed =
                precision == Precision.FP32
                        ? pictures
                        : body.let("torch.to(%s, %d)", pictures, ScalarTypes.of(precision));
        return body.let("torch.permute(%s, [0, 3, 1, 2])", narrowed);
    }

    @Override
    public String single(String maps) {
        return precision == Precision.FP32
                ? maps
                : body.let("torch.to(%s, %d)", maps, ScalarTypes.FLOAT);
    }

    private static String sizeOf(String x) {
        return "[torch.size(" + x + ", 2), torch.size(" + x + ", 3)]";
    }
}
