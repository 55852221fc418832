// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.Ops;
import java.util.List;
import java.util.Map;

/**
 * Back end that computes with DJL arrays. Whatever a step makes belongs to the manager of its
 * input, so that closing the image's manager frees it all. Scores, which no norm or activation
 * follows, are floats whatever the convolutions compute in.
 */
final class EagerOps implements Ops<NDArray> {

    private static final Shape ONE = new Shape(1, 1);
    private static final int NEAREST = 0;

    /** DJL's momentum is the part that is kept; PyTorch's default takes a tenth of the new. */
    private static final float KEPT = 0.9f;

    private final Map<String, NDArray> tensors;
    private final ConvolutionPrecision precision;
    private final boolean training;
    private final Dropout dropout;

    /**
     * Computes with {@code tensors}.
     *
     * @param precision in which convolutions compute; their input must be in it
     * @param training whether norms use, and record, the statistics of what they see
     */
    EagerOps(Map<String, NDArray> tensors, ConvolutionPrecision precision, boolean training) {
        this(tensors, precision, training, Dropout.NONE);
    }

    /** The same with {@code dropout} in front of a classifier's last layer. */
    EagerOps(
            Map<String, NDArray> tensors,
            ConvolutionPrecision precision,
            boolean training,
            Dropout dropout) {
        this.tensors = tensors;
        this.precision = precision;
        this.training = training;
        this.dropout = dropout;
    }

    @Override
    public NDArray convolve(NDArray x, Convolution layer) {
        NDArray y =
                layer.groups() > 1
                        ? convolveEach(x, layer)
                        : layer.pointwise() ? multiplyPixels(x, layer) : convolveAll(x, layer);
        if (layer.normKind() != Norm.NONE) {
            y = normalise(y, layer);
        }
        if (layer.normKind() == Norm.NONE && layer.activation() == Activation.NONE) {
            return precision.widen(y, x.getManager()); // scores
        }
        return switch (layer.activation()) {
            case NONE -> y;
            case RELU -> y.getNDArrayInternal().relu();
            case SIGMOID -> y.getNDArrayInternal().sigmoid();
        };
    }

    private NDArray convolveAll(NDArray x, Convolution layer) {
        NDArray weight = tensors.get(layer.weightName());
        return convolve(x, precision.narrow(weight, x.getManager()), layer);
    }

    /**
     * Each pixel's channels times a matrix: oneDNN's own 1x1 convolutions end the process where a
     * virtual machine hides the processor's caches.
     */
    private NDArray multiplyPixels(NDArray x, Convolution layer) {
        NDManager manager = x.getManager();
        NDArray weight = tensors.get(layer.weightName());
        if (!layer.linear()) {
            weight = owned(weight.reshape(layer.outputs(), layer.inputs()), x);
        }
        NDArray pixels = owned(x.transpose(0, 2, 3, 1), x);
        NDArray y =
                pixels.getNDArrayInternal()
                        .linear(pixels, precision.narrow(weight, manager), null)
                        .singletonOrThrow();
        return owned(owned(y, x).transpose(0, 3, 1, 2), x);
    }

    /**
     * One filter per channel, in floats: there is little to multiply, and oneDNN takes 50 times as
     * long for the gradient of such a strided convolution in bfloat16.
     */
    private NDArray convolveEach(NDArray x, Convolution layer) {
        NDManager manager = x.getManager();
        NDArray y = convolve(precision.widen(x, manager), tensors.get(layer.weightName()), layer);
        return precision.narrow(y, manager);
    }

    private static NDArray convolve(NDArray x, NDArray weight, Convolution layer) {
        return x.getNDArrayInternal()
                .convolution(
                        x,
                        weight,
                        null,
                        new Shape(layer.stride(), layer.stride()),
                        new Shape(layer.padding(), layer.padding()),
                        ONE,
                        layer.groups())
                .singletonOrThrow();
    }

    private NDArray normalise(NDArray x, Convolution layer) {
        String norm = layer.norm();
        NDArray gamma = tensors.get(norm + ".weight");
        if (layer.normKind() == Norm.IN_PLACE) {
            gamma = owned(owned(gamma.abs(), x).add((float) Norm.EPSILON), x);
        }
        return x.getNDArrayInternal()
                .batchNorm(
                        x,
                        tensors.get(norm + ".running_mean"),
                        tensors.get(norm + ".running_var"),
                        gamma,
                        tensors.get(norm + ".bias"),
                        -1,
                        KEPT,
                        (float) Norm.EPSILON,
                        training)
                .singletonOrThrow();
    }

    @Override
    public NDArray add(NDArray a, NDArray b) {
        return a.add(b);
    }

    @Override
    public NDArray multiply(NDArray a, NDArray b) {
        return a.mul(b);
    }

    @Override
    public NDArray concat(List<NDArray> maps) {
        return NDArrays.concat(new NDList(maps), 1);
    }

    @Override
    public NDArray averagePool(NDArray x) {
        return x.getNDArrayInternal().avgPool(new Shape(3, 3), new Shape(2, 2), ONE, false, true);
    }

    @Override
    public NDArray globalAveragePool(NDArray x) {
        Shape size = x.getShape();
        return x.getNDArrayInternal().avgPool(size.slice(2), ONE, new Shape(0, 0), false, true);
    }

    @Override
    public NDArray dropout(NDArray x) {
        return dropout.probability() == 0
                ? x
                : x.mul(precision.narrow(dropout.factors(x), x.getManager()));
    }

    @Override
    public NDArray upsampleNearest(NDArray x, NDArray like) {
        Shape size = like.getShape();
        return x.getNDArrayInternal()
                .interpolation(new long[] {size.get(2), size.get(3)}, NEAREST, false);
    }

    @Override
    public NDArray upsampleBilinear(NDArray x, NDArray like) {
        Shape size = like.getShape();
        return AlignCornersResize.apply(x, size.get(2), size.get(3));
    }

    private static NDArray owned(NDArray made, NDArray owner) {
        NDManager manager = owner.getManager();
        made.attach(manager);
        return made;
    }
}
