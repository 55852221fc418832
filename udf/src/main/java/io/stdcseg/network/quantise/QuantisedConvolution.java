// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Quantised convolution: of 8-bit levels, with int8 weights ("steps") that have a scale of their
 * own for each output channel, {@code sum(steps * (level - zero)) * scale + bias}.
 *
 * @param steps -127 to 127, of the shape of the convolution's weight
 * @param scale what a step is worth, one per output channel
 * @param bias one per output channel
 */
public record QuantisedConvolution(TensorData steps, TensorData scale, TensorData bias) {

    private static final int MAX_STEP = 127;

    /**
     * Rounds weights.
     *
     * @param folded each output from all inputs, or each from its own
     * @param in what the input's levels stand for
     * @param out what the output's levels stand for; empty if numbers are wanted
     */
    public static QuantisedConvolution of(
            FoldedConvolution folded, Quantisation in, Optional<Quantisation> out) {
        FoldedConvolution onLevels = onLevels(folded, in);
        float[] weights = onLevels.weight().toFloats();
        float[] biases = onLevels.bias().toFloats();
        float[] scales = new float[biases.length];
        int filter = weights.length / biases.length;
        ByteBuffer steps = ByteBuffer.allocate(weights.length);
        for (int o = 0; o < biases.length; o++) {
            double step = step(weights, o * filter, (o + 1) * filter);
            for (int i = o * filter; i < (o + 1) * filter; i++) {
                steps.put((byte) Math.rint(weights[i] / step));
            }
            double unit = out.isPresent() ? out.get().scales()[o] : 1;
            scales[o] = (float) (step / unit);
            biases[o] = (float) (biases[o] / unit);
        }
        return new QuantisedConvolution(
                new TensorData(ElementType.I8, folded.weight().shape(), steps.flip()),
                TensorData.of(scales, scales.length),
                TensorData.of(biases, biases.length));
    }

    /** The steps of a 1x1 convolution of all inputs, (outputs, inputs). */
    public TensorData matrix() {
        long[] shape = steps.shape();
        return new TensorData(steps.type(), new long[] {shape[0], shape[1]}, steps.bytes());
    }

    /**
     * The same with steps so large that no bias takes more than {@code most} of them. It matters
     * where weights are next to nothing, as those of a channel that training has given up.
     */
    public QuantisedConvolution withBiasesUpTo(int most) {
        float[] scales = scale.toFloats();
        int filter = steps.bytes().remaining() / scales.length;
        ByteBuffer coarser = ByteBuffer.allocate(steps.bytes().remaining());
        for (int o = 0; o < scales.length; o++) {
            double before = scales[o];
            scales[o] = (float) Math.max(before, Math.abs(bias.get(o)) / most);
            for (int i = o * filter; i < (o + 1) * filter; i++) {
                coarser.put((byte) Math.rint(steps.get(i) * (before / scales[o])));
            }
        }
        return new QuantisedConvolution(
                new TensorData(ElementType.I8, steps.shape(), coarser.flip()),
                TensorData.of(scales, scales.length),
                bias);
    }

    /** What one step is worth if the largest weight takes the largest step. */
    private static double step(float[] weights, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(weights[i]));
        }
        return largest > 0 ? largest / MAX_STEP : 1;
    }

    /** The same convolution of levels, counted from zero, instead of numbers. */
    private static FoldedConvolution onLevels(FoldedConvolution folded, Quantisation in) {
        long[] shape = folded.weight().shape();
        float[] weights = folded.weight().toFloats();
        float[] biases =
                folded.bias() == null ? new float[(int) shape[0]] : folded.bias().toFloats();
        double[] atZero = in.atZero();
        boolean ownInput = shape[1] < in.channels();
        int filter = weights.length / biases.length;
        int taps = (int) (shape[2] * shape[3]);
        for (int o = 0; o < biases.length; o++) {
            double bias = biases[o];
            for (int i = 0; i < filter; i++) {
                int channel = ownInput ? o : i / taps;
                bias += weights[o * filter + i] * atZero[channel];
                weights[o * filter + i] *= (float) in.scales()[channel];
            }
            biases[o] = (float) bias;
        }
        return new FoldedConvolution(
                TensorData.of(weights, shape), TensorData.of(biases, biases.length));
    }
}
