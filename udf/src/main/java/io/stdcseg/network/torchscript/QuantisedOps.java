// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Precision;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedConvolution;
import io.stdcseg.network.torchscript.ModuleConstants.ScalarTypes;
import io.stdcseg.network.torchscript.QuantisedOps.QuantisedMaps.Floats;
import io.stdcseg.network.torchscript.QuantisedOps.QuantisedMaps.Gated;
import io.stdcseg.network.torchscript.QuantisedOps.QuantisedMaps.Levels;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a program that computes in 8 bits, without having seen a picture.
 *
 * <p><b>Ranges from the norms.</b> Levels must reach as far as a map's numbers do, which is usually
 * measured on sample pictures. But a batch norm says what mean and deviation it gives each channel
 * ({@link Quantisation#behind}). Averages of maps stay within their range, maps side by side keep
 * theirs, a sum reaches as far as both together: so all ranges are known, and no result can leave
 * its own except behind a norm, where it is clipped.
 *
 * <p><b>A scale for each channel.</b> oneDNN takes one scale for a whole input, and channels whose
 * numbers are small would be left with few levels. But with channel {@code i} of the input in units
 * of {@code s[i]} and channel {@code o} of the output in units of {@code t[o]},
 *
 * <pre>y[o] / t[o] = sum((w[o, i] * s[i]) * (x[i] / s[i])) / t[o] + b[o] / t[o]</pre>
 *
 * <p>so that the units can move into the weights: multiplied by the input's before they are
 * rounded, and, in the factor that each output channel has anyway, divided by the output's ({@link
 * QuantisedConvolution}). oneDNN sees levels in units of 1.
 *
 * <p>What has one pixel per map, which is the means and the gates made of them, is computed in
 * floats, and so are the scores.
 */
final class QuantisedOps implements ProgramOps<QuantisedOps.QuantisedMaps> {

    private final MethodCode program;
    private final ModuleConstants constants;
    private final Map<String, TensorData> weights;
    private final Int8Convolutions convolutions;
    private final ScriptOps plain;

    QuantisedOps(
            MethodCode program,
            ModuleConstants constants,
            Map<String, TensorData> weights,
            PrepackedWeights packed) {
        this.program = program;
        this.constants = constants;
        this.weights = weights;
        this.convolutions = new Int8Convolutions(program, constants, packed);
        this.plain =
                new ScriptOps(
                        program,
                        constants,
                        weights,
                        Precision.FP32,
                        new PrepackedConvolutions(packed));
    }

    /** Rounds to the picture's own levels, which is exact where it was not resized. */
    @Override
    public Levels image(String pictures) {
        Quantisation q = Quantisation.ofPictures();
        float[] perUnit = floats(q.perUnit());
        float[] offsets = floats(q.offsets());
        String levels = PixelCode.scaled(program, constants, pictures, perUnit, offsets);
        return new Levels(program.let("torch.permute(%s, [0, 3, 1, 2])", cut(levels)), q);
    }

    @Override
    public QuantisedMaps convolve(QuantisedMaps x, Convolution layer) {
        Optional<Quantisation> out = Quantisation.behind(layer, weights);
        if (x instanceof Floats numbers) {
            Floats y = new Floats(plain.convolve(numbers.name(), layer));
            return out.isPresent() ? rounded(y, out.get()) : y;
        }
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        return convolutions.convolve(levels(x), layer, folded, out);
    }

    @Override
    public QuantisedMaps convolveUpsampled(QuantisedMaps x, QuantisedMaps like, Convolution layer) {
        Levels levels = levels(x);
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
        return new Levels(
                new SubPixelConvolution(program, parts).write(levels.name(), like.name(), folded),
                out);
    }

    @Override
    public QuantisedMaps add(QuantisedMaps a, QuantisedMaps b) {
        if (!(a instanceof Gated gated) || !(b instanceof Levels other)) {
            throw new IllegalArgumentException("only gated maps and levels are added");
        }
        if (gated.name().equals(other.name())) {
            String gate = program.let("torch.add(%s, 1.)", gated.gate());
            return new Gated(other, gate, gated.widest() + 1);
        }
        return sum(gated, other);
    }

    /** Both in levels of the sum, whose fractions are then cut off. */
    private Levels sum(Gated a, Levels b) {
        Quantisation in = a.levels().quantisation();
        Quantisation sum = in.times(a.widest()).plus(b.quantisation());
        String unit = channels(in.in(sum));
        String second =
                program.let(
                        "torch.addcmul(%s, %s, %s)",
                        channels(sum.offsets()), b.name(), channels(b.quantisation().in(sum)));
        String both =
                program.let(
                        "torch.addcmul(%s, %s, torch.mul(%s, %s))",
                        second, a.name(), a.gate(), unit);
        return new Levels(cut(both), sum);
    }

    @Override
    public QuantisedMaps multiply(QuantisedMaps a, QuantisedMaps b) {
        if (!(a instanceof Levels levels) || !(b instanceof Floats gate)) {
            throw new IllegalArgumentException("only levels are multiplied, and only by gates");
        }
        return new Gated(levels, gate.name(), 1);
    }

    @Override
    public QuantisedMaps concat(List<QuantisedMaps> maps) {
        List<Levels> parts = maps.stream().map(this::levels).toList();
        return new Levels(
                plain.concat(parts.stream().map(Levels::name).toList()),
                Quantisation.concat(parts.stream().map(Levels::quantisation).toList()));
    }

    @Override
    public QuantisedMaps averagePool(QuantisedMaps x) {
        return convolutions.averagePool(levels(x));
    }

    @Override
    public QuantisedMaps globalAveragePool(QuantisedMaps x) {
        return convolutions.globalAveragePool(levels(x));
    }

    @Override
    public QuantisedMaps upsampleNearest(QuantisedMaps x, QuantisedMaps like) {
        Levels levels = levels(x);
        return new Levels(plain.upsampleNearest(levels.name(), like.name()), levels.quantisation());
    }

    @Override
    public QuantisedMaps upsampleBilinear(QuantisedMaps x, QuantisedMaps like) {
        return new Floats(plain.upsampleBilinear(single(x), like.name()));
    }

    @Override
    public String single(QuantisedMaps maps) {
        if (maps instanceof Floats already) {
            return already.name();
        }
        Levels levels = levels(maps);
        return numbers(levels.name(), levels.quantisation());
    }

    private Levels levels(QuantisedMaps x) {
        if (x instanceof Levels levels) {
            return levels;
        }
        if (x instanceof Gated gated) {
            return convolutions.multiply(gated);
        }
        throw new IllegalArgumentException("nothing tells how far these numbers reach");
    }

    private String numbers(String levels, Quantisation q) {
        return program.let(
                "torch.addcmul(%s, %s, %s)", channels(q.shifts()), levels, channels(q.scales()));
    }

    private Levels rounded(Floats x, Quantisation q) {
        String levels =
                program.let(
                        "torch.addcmul(%s, %s, %s)",
                        channels(q.offsets()), x.name(), channels(q.perUnit()));
        return new Levels(cut(program.let("torch.clamp(%s, 0, 255)", levels)), q);
    }

    /** Levels without their fractions; half a level was added, so that they are rounded. */
    private String cut(String levels) {
        return program.let("torch.to(%s, %d)", levels, ScalarTypes.BYTE);
    }

    /** A constant that goes with the channels of maps. */
    private String channels(double[] values) {
        return constants.add(TensorData.of(floats(values), 1, values.length, 1, 1));
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** A stack of maps as {@link QuantisedOps} knows it. */
    sealed interface QuantisedMaps {

        /** The program's value that has their size. */
        String name();

        /**
         * A level from 0 to 255 for each number.
         *
         * @param quantisation what the levels stand for
         */
        record Levels(String name, Quantisation quantisation) implements QuantisedMaps {}

        /**
         * Levels of which each map counts as much as its gate says. Nothing is multiplied yet: the
         * gate waits for the next scale, to be one factor with it.
         *
         * @param levels of which 0 is zero
         * @param gate floats (pictures, channels, 1, 1), not negative
         * @param widest what no gate exceeds
         */
        record Gated(Levels levels, String gate, double widest) implements QuantisedMaps {

            @Override
            public String name() {
                return levels.name();
            }
        }

        /** Plain numbers: means of maps and what is made of them, and scores. */
        record Floats(String name) implements QuantisedMaps {}
    }
}
