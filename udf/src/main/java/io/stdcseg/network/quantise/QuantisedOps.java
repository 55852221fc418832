// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.ExportOps;
import io.stdcseg.network.quantise.QuantisedMaps.Floats;
import io.stdcseg.network.quantise.QuantisedMaps.Gated;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Back end that writes a network in int8, without having seen a picture. What is computed in
 * levels, and what they stand for, is decided here; how it is written is up to the file format.
 *
 * <p><b>Ranges from the norms.</b> Levels must reach as far as a map's numbers do, which is usually
 * measured on sample pictures. But a batch norm says what mean and deviation it gives each channel
 * ({@link Quantisation#behind}). Averages of maps stay within their range, maps side by side keep
 * theirs, a sum reaches as far as both together: so all ranges are known, and no result can leave
 * its own except behind a norm, where it is clipped.
 *
 * <p><b>A scale for each channel.</b> Libraries take one scale for a whole input, and channels
 * whose numbers are small would be left with few levels. But with channel {@code i} of the input in
 * units of {@code s[i]} and channel {@code o} of the output in units of {@code t[o]},
 *
 * <pre>y[o] / t[o] = sum((w[o, i] * s[i]) * (x[i] / s[i])) / t[o] + b[o] / t[o]</pre>
 *
 * <p>so that the units can move into the weights: multiplied by the input's before they are
 * rounded, and, in the factor that each output channel has anyway, divided by the output's ({@link
 * QuantisedConvolution}). The library sees levels in units of 1.
 *
 * <p>What has one pixel per map, which is the means and the gates made of them, is computed in
 * floats, and so are the scores.
 *
 * @param <V> a value of the program or the graph
 */
public abstract class QuantisedOps<V> implements ExportOps<QuantisedMaps<V>, V> {

    private final ExportOps<V, V> plain;
    private final Map<String, TensorData> weights;

    /**
     * @param plain writes what is computed in single precision
     * @param weights plain tensors by published name, with measured ranges if there are any
     */
    protected QuantisedOps(ExportOps<V, V> plain, Map<String, TensorData> weights) {
        this.plain = plain;
        this.weights = weights;
    }

    @Override
    public final QuantisedMaps<V> convolve(QuantisedMaps<V> x, Convolution layer) {
        Optional<Quantisation> out = Quantisation.behind(layer, weights);
        return x instanceof Floats<V> floats
                ? floats(plain.convolve(floats.value(), layer), out)
                : convolveLevels(levels(x), layer, out);
    }

    /** Floats that a layer computed, or levels of them. */
    protected abstract QuantisedMaps<V> floats(V computed, Optional<Quantisation> out);

    /** A layer on levels, to levels; to floats where {@code out} is empty. */
    protected abstract QuantisedMaps<V> convolveLevels(
            Levels<V> x, Convolution layer, Optional<Quantisation> out);

    @Override
    public final QuantisedMaps<V> add(QuantisedMaps<V> a, QuantisedMaps<V> b) {
        if (!(a instanceof Gated<V> gated)) {
            throw new IllegalArgumentException("maps are added to gated ones only");
        }
        if (gated.value().equals(b.value())) {
            return new Gated<>(gated.levels(), plusOne(gated.gate()), gated.widest() + 1);
        }
        return sum(gated, b);
    }

    protected abstract V plusOne(V gate);

    /** The sum in levels of its own. */
    protected abstract Levels<V> sum(Gated<V> a, QuantisedMaps<V> b);

    @Override
    public final QuantisedMaps<V> multiply(QuantisedMaps<V> a, QuantisedMaps<V> b) {
        if (!(a instanceof Levels<V> levels) || !(b instanceof Floats<V> gate)) {
            throw new IllegalArgumentException("only levels are multiplied, and only by gates");
        }
        return new Gated<>(levels, gate.value(), 1);
    }

    @Override
    public final QuantisedMaps<V> concat(List<QuantisedMaps<V>> maps) {
        List<Levels<V>> parts = maps.stream().map(this::levels).toList();
        return concatLevels(
                parts, Quantisation.concat(parts.stream().map(Levels::quantisation).toList()));
    }

    protected abstract Levels<V> concatLevels(List<Levels<V>> parts, Quantisation out);

    @Override
    public final QuantisedMaps<V> averagePool(QuantisedMaps<V> x) {
        return averageLevels(levels(x));
    }

    /** Mean of 3x3 levels at every second pixel. */
    protected abstract Levels<V> averageLevels(Levels<V> x);

    @Override
    public final QuantisedMaps<V> globalAveragePool(QuantisedMaps<V> x) {
        return new Floats<>(mean(levels(x)));
    }

    /** Mean over each map, in floats. */
    protected abstract V mean(Levels<V> x);

    @Override
    public final QuantisedMaps<V> upsampleNearest(QuantisedMaps<V> x, QuantisedMaps<V> like) {
        Levels<V> levels = levels(x);
        return new Levels<>(
                plain.upsampleNearest(levels.value(), like.value()), levels.quantisation());
    }

    @Override
    public final QuantisedMaps<V> upsampleBilinear(QuantisedMaps<V> x, QuantisedMaps<V> like) {
        return new Floats<>(plain.upsampleBilinear(single(x), like.value()));
    }

    @Override
    public final V single(QuantisedMaps<V> maps) {
        return maps instanceof Floats<V> floats ? floats.value() : dequantise(levels(maps));
    }

    /** Levels as the numbers that they stand for. */
    protected abstract V dequantise(Levels<V> levels);

    /** Maps as levels; a gate is multiplied with them. */
    protected final Levels<V> levels(QuantisedMaps<V> x) {
        if (x instanceof Levels<V> levels) {
            return levels;
        }
        if (x instanceof Gated<V> gated) {
            return product(gated);
        }
        throw new IllegalArgumentException("nothing tells how far these numbers reach");
    }

    /** Levels times their gate, in levels of their own. */
    protected abstract Levels<V> product(Gated<V> x);
}
