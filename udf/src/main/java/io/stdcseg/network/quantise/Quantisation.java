// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.Normalisation;
import io.stdcseg.tensor.TensorData;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Quantisation parameters of activations, per channel: the levels 0 to 255 stand for {@code level *
 * scale + shift}.
 *
 * @param scales one per channel, positive
 * @param shifts one per channel
 */
public record Quantisation(double[] scales, double[] shifts) {

    private static final int MAX_LEVEL = 255;

    /** The level that means zero where numbers have a sign. */
    private static final int MIDDLE = 128;

    /**
     * How many deviations above its mean a channel reaches. Fewer clip what is bright, more leave
     * fewer levels to what is common; from 6 to 12 it hardly matters.
     */
    private static final double DEVIATIONS = 8;

    /** Other pictures than those that were measured reach a little further. */
    private static final double MARGIN = 1.25;

    /** The picture's own levels, of which the network sees normalised red, green and blue. */
    public static Quantisation ofPictures() {
        return new Quantisation(doubles(Normalisation.scale()), doubles(Normalisation.shift()));
    }

    /**
     * What comes out of a layer; empty where nothing tells. In front of its activation a channel
     * has the mean and the deviation that its batch norm gives it, whatever the pictures. Ranges
     * that were measured ({@link ActivationRanges#beside}) are used instead.
     */
    public static Optional<Quantisation> behind(
            Convolution layer, Map<String, TensorData> weights) {
        if (layer.normKind() == Norm.NONE || layer.activation() == Activation.SIGMOID) {
            return Optional.empty();
        }
        TensorData gamma = weights.get(layer.norm() + ".weight");
        TensorData beta = weights.get(layer.norm() + ".bias");
        Optional<TensorData> measured = ActivationRanges.behind(layer, weights);
        boolean signed = layer.activation() == Activation.NONE;
        double[] scales = new double[layer.outputs()];
        double[] shifts = new double[layer.outputs()];
        for (int c = 0; c < scales.length; c++) {
            double deviation = Math.abs(gamma.get(c));
            double mean = signed ? Math.abs(beta.get(c)) : beta.get(c);
            double reach =
                    measured.isPresent()
                            ? measured.get().get(c) * MARGIN
                            : mean + DEVIATIONS * deviation;
            double top = top(reach, deviation);
            scales[c] = top / (signed ? MAX_LEVEL - MIDDLE : MAX_LEVEL);
            shifts[c] = signed ? -MIDDLE * scales[c] : 0;
        }
        return Optional.of(new Quantisation(scales, shifts));
    }

    private static double top(double reach, double deviation) {
        // A channel that is nearly always dark keeps levels for the moments when it is not.
        double top = Math.max(reach, deviation);
        return top > 0 ? top : 1; // Always zero: any will do.
    }

    /** Of maps that lie one behind the other. */
    public static Quantisation concat(List<Quantisation> parts) {
        return new Quantisation(
                joined(parts, Quantisation::scales), joined(parts, Quantisation::shifts));
    }

    /** The same channels several times, one after the other. */
    public Quantisation repeated(int times) {
        return concat(Collections.nCopies(times, this));
    }

    /** For sums of numbers of both; level 0 is zero in both. */
    public Quantisation plus(Quantisation other) {
        return new Quantisation(each(c -> scales[c] + other.scales[c]), shifts);
    }

    /** For numbers up to {@code factor} times as large; level 0 is zero. */
    public Quantisation times(double factor) {
        return new Quantisation(each(c -> scales[c] * factor), shifts);
    }

    /** What one level is worth in levels of {@code other}, per channel. */
    public double[] in(Quantisation other) {
        return each(c -> scales[c] / other.scales[c]);
    }

    /** How many levels make 1, per channel. */
    public double[] perUnit() {
        return each(c -> 1 / scales[c]);
    }

    /** The level that zero would be, per channel, and half a one: then cutting fractions rounds. */
    public double[] offsets() {
        return each(c -> 0.5 - shifts[c] / scales[c]);
    }

    public int channels() {
        return scales.length;
    }

    /** The level that is nearest to zero, of which padding is made. */
    public int zero() {
        return (int)
                Math.round(
                        DoubleStream.of(each(c -> -shifts[c] / scales[c])).average().orElseThrow());
    }

    /** What {@link #zero()} stands for, per channel: zero but in pictures. */
    double[] atZero() {
        int zero = zero();
        return each(c -> zero * scales[c] + shifts[c]);
    }

    private double[] each(IntToDoubleFunction value) {
        return IntStream.range(0, channels()).mapToDouble(value).toArray();
    }

    private static double[] joined(
            List<Quantisation> parts, Function<Quantisation, double[]> values) {
        return parts.stream().map(values).flatMapToDouble(DoubleStream::of).toArray();
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
}
