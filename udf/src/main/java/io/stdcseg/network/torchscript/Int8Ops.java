// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Precision;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedMaps;
import io.stdcseg.network.quantise.QuantisedMaps.Floats;
import io.stdcseg.network.quantise.QuantisedMaps.Gated;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.network.quantise.QuantisedOps;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Back end that writes TorchScript which computes in int8 by oneDNN. */
final class Int8Ops extends QuantisedOps<String> {

    private final MethodCode body;
    private final ModuleConstants constants;
    private final Map<String, TensorData> weights;
    private final ScriptOps plain;
    private final Int8Convolutions convolutions;

    Int8Ops(
            MethodCode body,
            ModuleConstants constants,
            Map<String, TensorData> weights,
            PrepackedWeights packed) {
        this(
                body,
                constants,
                weights,
                new Int8Convolutions(body, constants, packed),
                new ScriptOps(
                        body, constants, weights, Precision.FP32, new OneDnnConvolutions(packed)));
    }

    private Int8Ops(
            MethodCode body,
            ModuleConstants constants,
            Map<String, TensorData> weights,
            Int8Convolutions convolutions,
            ScriptOps plain) {
        super(plain, weights);
        this.body = body;
        this.constants = constants;
        this.weights = weights;
        this.plain = plain;
        this.convolutions = convolutions;
    }

    /** Rounds to the picture's own levels, which is exact where it was not resized. */
    @Override
    public Levels<String> input(String pictures) {
        Quantisation q = Quantisation.ofPictures();
        TensorData perUnit = TensorData.of(q.perUnit(), q.channels());
        TensorData offsets = TensorData.of(q.offsets(), q.channels());
        String levels = LayoutCode.scaled(body, constants, pictures, perUnit, offsets);
        return new Levels<>(body.let("torch.permute(%s, [0, 3, 1, 2])", cut(levels)), q);
    }

    @Override
    protected QuantisedMaps<String> floats(String computed, Optional<Quantisation> out) {
        return out.isPresent() ? rounded(computed, out.get()) : new Floats<>(computed);
    }

    @Override
    protected QuantisedMaps<String> convolveLevels(
            Levels<String> x, Convolution layer, Optional<Quantisation> out) {
        return convolutions.convolve(x, layer, FoldedConvolution.of(layer, weights), out);
    }

    @Override
    public QuantisedMaps<String> convolveUpsampled(
            QuantisedMaps<String> x, QuantisedMaps<String> like, Convolution layer) {
        Levels<String> levels = levels(x);
        Quantisation out = Quantisation.behind(layer, weights).orElseThrow();
        SubPixelConvolution.Convolutions parts =
                (part, geometry, size) ->
                        convolutions.prepare(
                                levels.quantisation(),
                                part,
                                geometry,
                                layer.activation(),
                                Optional.of(out.repeated(part.outputs() / layer.outputs())),
                                size);
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        SubPixelConvolution convolution = new SubPixelConvolution(body, parts);
        return new Levels<>(convolution.write(levels.value(), like.value(), folded), out);
    }

    @Override
    protected String plusOne(String gate) {
        return body.let("torch.add(%s, 1.)", gate);
    }

    /** Both in levels of the sum, whose fractions are then cut off. */
    @Override
    protected Levels<String> sum(Gated<String> a, QuantisedMaps<String> other) {
        Levels<String> b = levels(other);
        Quantisation in = a.levels().quantisation();
        Quantisation sum = in.times(a.widest()).plus(b.quantisation());
        String unit = channels(in.in(sum));
        String second =
                body.let(
                        "torch.addcmul(%s, %s, %s)",
                        channels(sum.offsets()), b.value(), channels(b.quantisation().in(sum)));
        String both =
                body.let(
                        "torch.addcmul(%s, %s, torch.mul(%s, %s))",
                        second, a.value(), a.gate(), unit);
        return new Levels<>(cut(both), sum);
    }

    @Override
    protected Levels<String> concatLevels(List<Levels<String>> parts, Quantisation out) {
        return new Levels<>(plain.concat(parts.stream().map(Levels::value).toList()), out);
    }

    @Override
    protected Levels<String> averageLevels(Levels<String> x) {
        return convolutions.averagePool(x);
    }

    @Override
    protected String mean(Levels<String> x) {
        return convolutions.globalAveragePool(x);
    }

    @Override
    protected String dequantise(Levels<String> levels) {
        Quantisation q = levels.quantisation();
        return body.let(
                "torch.addcmul(%s, %s, %s)",
                channels(q.shifts()), levels.value(), channels(q.scales()));
    }

    @Override
    protected Levels<String> product(Gated<String> x) {
        return convolutions.multiply(x);
    }

    private Levels<String> rounded(String floats, Quantisation q) {
        String levels =
                body.let(
                        "torch.addcmul(%s, %s, %s)",
                        channels(q.offsets()), floats, channels(q.perUnit()));
        return new Levels<>(cut(body.let("torch.clamp(%s, 0, 255)", levels)), q);
    }

    /** Levels without their fractions; half a level was added, so that they are rounded. */
    private String cut(String levels) {
        return body.let("torch.to(%s, %d)", levels, ScalarTypes.BYTE);
    }

    /** A constant that goes with the channels of maps. */
    private String channels(double[] values) {
        return constants.add(TensorData.of(values, 1, values.length, 1, 1));
    }
}
