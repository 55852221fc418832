// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.eager;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Normalisation;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.StdcSeg.Outputs;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Segmentation network on DJL arrays: every value can be looked at, and every parameter can learn.
 *
 * <p>Parameters belong to the manager given at construction and are closed with it; everything
 * computed belongs to the manager of the image. Not for several threads while training.
 */
public final class EagerNetwork implements Trainable {

    private final ModelSpec spec;
    private final StdcSeg network;
    private final ConvolutionPrecision precision;
    private final Set<String> inPlaceScales;
    private final Map<String, NDArray> tensors = new LinkedHashMap<>();

    /**
     * Copies weights to the manager's device.
     *
     * @param weights plain tensors by published name; those that a call needs must be there
     */
    public EagerNetwork(ModelSpec spec, Map<String, TensorData> weights, NDManager manager) {
        this(spec, weights, manager, ConvolutionPrecision.FP32);
    }

    /**
     * Copies weights to the manager's device.
     *
     * @param weights plain tensors by published name; those that a call needs must be there
     * @param precision in which convolutions compute
     */
    public EagerNetwork(
            ModelSpec spec,
            Map<String, TensorData> weights,
            NDManager manager,
            ConvolutionPrecision precision) {
        this.spec = spec;
        this.precision = precision;
        this.network = new StdcSeg(spec);
        this.inPlaceScales = StateDictLayout.inPlaceScales(spec);
        weights.forEach(
                (name, tensor) -> {
                    float[] values = tensor.toFloats();
                    if (inPlaceScales.contains(name)) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = Norm.weight(values[i]);
                        }
                    }
                    NDArray array = manager.create(values, new Shape(tensor.shape()));
                    tensors.put(name, array);
                });
    }

    /** Which network it is. */
    public ModelSpec spec() {
        return spec;
    }

    /**
     * Pictures as the network wants them.
     *
     * @param pictures 8-bit RGB (pictures, rows, columns, 3)
     * @return normalised floats (pictures, 3, rows, columns) in the same manager
     */
    public static NDArray normalise(NDArray pictures) {
        NDManager manager = pictures.getManager();
        Shape perChannel = new Shape(1, 3, 1, 1);
        return pictures.transpose(0, 3, 1, 2)
                .toType(DataType.FLOAT32, false)
                .mul(manager.create(Normalisation.scale(), perChannel))
                .add(manager.create(Normalisation.shift(), perChannel));
    }

    /**
     * Bilinear resizing with corners on corners, differentiable.
     *
     * @param maps floats (pictures, channels, rows, columns)
     */
    public static NDArray resize(NDArray maps, int rows, int columns) {
        return AlignCornersResize.apply(maps, rows, columns);
    }

    /** Scores at 1/8 (pictures, classes, rows, columns), from running statistics. */
    public NDArray logits(NDArray image) {
        return network.logits(ops(false), narrow(image));
    }

    /**
     * Computes what {@link #logits} does, for the sake of what is in between.
     *
     * @param watcher receives each layer and what is behind its activation
     */
    public void watch(NDArray image, BiConsumer<Convolution, NDArray> watcher) {
        NDArray unused = network.logits(new ObservedOps(ops(false), watcher), narrow(image));
    }

    /**
     * All heads but those for details, and of these the ones that are asked for.
     *
     * @param image normalised (pictures, 3, rows, columns)
     * @param details of {@link StdcSeg#DETAILS}
     * @param training whether norms use, and record, the statistics of these pictures
     */
    public Outputs<NDArray> forward(NDArray image, List<Integer> details, boolean training) {
        return network.forward(ops(training), narrow(image), details);
    }

    private EagerOps ops(boolean training) {
        return new EagerOps(tensors, precision, training);
    }

    private NDArray narrow(NDArray image) {
        return precision.narrow(image, image.getManager());
    }

    /**
     * Parameters and running statistics by published name, live. The scale of a decoder norm is
     * {@code |weight| + 1e-5}, as in the published training.
     */
    @Override
    public Map<String, NDArray> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** A copy of all tensors as they were given: plain. */
    public Map<String, TensorData> weights() {
        return plain(tensors);
    }

    @Override
    public Map<String, TensorData> plain(Map<String, NDArray> like) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        like.forEach(
                (name, array) -> {
                    float[] values = array.toFloatArray();
                    long[] shape = array.getShape().getShape();
                    if (inPlaceScales.contains(name)) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = Norm.scale(values[i]);
                        }
                    }
                    weights.put(name, TensorData.of(values, shape));
                });
        return weights;
    }
}
