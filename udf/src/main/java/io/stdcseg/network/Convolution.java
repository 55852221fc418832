// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import io.stdcseg.tensor.TensorData;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Convolution without bias, its batch norm and its activation: the one kind of layer that has
 * weights. The padding keeps the size at stride 1.
 *
 * @param name of the convolution; its weight is {@code name.weight}
 * @param norm name of the batch norm, null without one
 * @param normKind which batch norm it is
 * @param inputs channels
 * @param outputs channels
 * @param kernel rows and columns, odd
 * @param stride in both directions
 * @param groups 1, or {@code inputs} for a depthwise convolution
 * @param activation what follows
 * @param linear whether it is written as a matrix: a linear layer, on maps of one pixel
 */
public record Convolution(
        String name,
        String norm,
        Norm normKind,
        int inputs,
        int outputs,
        int kernel,
        int stride,
        int groups,
        Activation activation,
        boolean linear) {

    /** Neither norm nor activation, stride 1. */
    static Convolution of(String name, int inputs, int outputs, int kernel) {
        return new Convolution(
                name, null, Norm.NONE, inputs, outputs, kernel, 1, 1, Activation.NONE, false);
    }

    /** A linear layer without bias. */
    static Convolution linear(String name, int inputs, int outputs) {
        return new Convolution(
                name, null, Norm.NONE, inputs, outputs, 1, 1, 1, Activation.NONE, true);
    }

    /** A depthwise 3x3 convolution: one filter per channel. */
    public static Convolution depthwise(String name, int channels) {
        return new Convolution(
                name, null, Norm.NONE, channels, channels, 3, 1, channels, Activation.NONE, false);
    }

    Convolution normalised(String normName, Norm kind) {
        return new Convolution(
                name, normName, kind, inputs, outputs, kernel, stride, groups, activation, linear);
    }

    /** The same at another stride. */
    public Convolution strided(int step) {
        return new Convolution(
                name, norm, normKind, inputs, outputs, kernel, step, groups, activation, linear);
    }

    Convolution activated(Activation next) {
        return new Convolution(
                name, norm, normKind, inputs, outputs, kernel, stride, groups, next, linear);
    }

    /** Zeros around the map. */
    public int padding() {
        return kernel / 2;
    }

    /** Whether it is a 1x1 convolution: each pixel of the result comes from one pixel. */
    public boolean pointwise() {
        return kernel == 1 && stride == 1 && groups == 1;
    }

    /** Size of the output along one axis. */
    public int outputSize(int size) {
        return (size + 2 * padding() - kernel) / stride + 1;
    }

    /** Name of the convolution's weight. */
    public String weightName() {
        return name + ".weight";
    }

    /** Shape of the convolution's weight as published. */
    long[] weightShape() {
        return linear
                ? new long[] {outputs, inputs}
                : new long[] {outputs, inputs / groups, kernel, kernel};
    }

    /** Every tensor of this layer with its shape, in published order. */
    public Map<String, long[]> tensors() {
        Map<String, long[]> tensors = new LinkedHashMap<>();
        tensors.put(weightName(), weightShape());
        if (normKind != Norm.NONE) {
            for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
                tensors.put(norm + "." + part, new long[] {outputs});
            }
        }
        return tensors;
    }

    /** Numbers that training changes; running statistics are none. */
    public long parameters() {
        long weights = (long) outputs * (inputs / groups) * kernel * kernel;
        return normKind == Norm.NONE ? weights : weights + 2L * outputs;
    }

    /** Multiply-accumulate operations (MACs) for one output pixel. */
    public long macsPerPixel() {
        return (long) outputs * (inputs / groups) * kernel * kernel;
    }

    /**
     * Checks that {@code weights} hold this layer's tensors; files were checked when they were
     * read, so a failure is a mistake of the caller.
     *
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public void require(Map<String, TensorData> weights) {
        tensors()
                .forEach(
                        (tensor, shape) -> {
                            TensorData found = weights.get(tensor);
                            if (found == null || !Arrays.equals(found.shape(), shape)) {
                                throw new IllegalArgumentException(
                                        "weight "
                                                + tensor
                                                + " is "
                                                + (found == null
                                                        ? "missing"
                                                        : Arrays.toString(found.shape()))
                                                + "; its shape must be "
                                                + Arrays.toString(shape));
                            }
                        });
    }

    /** Activation behind a convolution and its norm. */
    public enum Activation {
        NONE,
        RELU,
        SIGMOID
    }

    /**
     * The batch norm behind a convolution.
     *
     * <p>The published decoder normalises with an in-place activated batch norm, whose scale is
     * {@code |weight| + 1e-5}. The distinction matters only where the published weight itself is
     * wanted (training, checkpoints): weight maps given to back ends hold the plain scale for both
     * kinds.
     */
    public enum Norm {
        NONE,
        PLAIN,
        IN_PLACE;

        /** Added to the variance, and by {@link #IN_PLACE} to the absolute weight. */
        public static final double EPSILON = 1e-5;

        /** The plain scale of an {@link #IN_PLACE} norm. */
        public static float scale(float weight) {
            return (float) (Math.abs(weight) + EPSILON);
        }

        /** A weight that gives an {@link #IN_PLACE} norm this scale; none gives one below 1e-5. */
        public static float weight(float scale) {
            return (float) Math.max(scale - EPSILON, 0);
        }
    }
}
