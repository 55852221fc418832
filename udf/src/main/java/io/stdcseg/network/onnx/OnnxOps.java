// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.ExportOps;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Back end that adds ONNX nodes which compute in floats of one type. */
final class OnnxOps implements ExportOps<OnnxMaps, OnnxMaps> {

    private final OnnxGraph graph;
    private final ResizeNodes resizing;
    private final Map<String, TensorData> weights;
    private final ElementType type;

    /**
     * @param type F32 or F16
     */
    OnnxOps(
            OnnxGraph graph,
            ResizeNodes resizing,
            Map<String, TensorData> weights,
            ElementType type) {
        this.graph = graph;
        this.resizing = resizing;
        this.weights = weights;
        this.type = type;
    }

    @Override
    public OnnxMaps input(OnnxMaps pictures) {
        return cast(pictures, type);
    }

    @Override
    public OnnxMaps convolve(OnnxMaps x, Convolution layer) {
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.add(
                graph.constant(layer.weightName(), folded.weight().to(type, layer.weightName())));
        if (folded.bias() != null) {
            String bias = layer.name() + ".bias";
            inputs.add(graph.constant(bias, folded.bias().to(type, bias)));
        }
        OnnxMaps y = convolution(x, inputs, layer);
        return switch (layer.activation()) {
            case NONE -> y;
            case RELU -> y.as(graph.node("Relu", List.of(y.name())));
            case SIGMOID -> y.as(graph.node("Sigmoid", List.of(y.name())));
        };
    }

    /**
     * Adds a convolution without its activation.
     *
     * @param x the maps
     * @param inputs names of the maps, the weight and, where there is one, the bias
     */
    OnnxMaps convolution(OnnxMaps x, List<String> inputs, Convolution layer) {
        String y =
                graph.node(
                        "Conv",
                        inputs,
                        attribute("kernel_shape", List.of(layer.kernel(), layer.kernel())),
                        attribute("strides", List.of(layer.stride(), layer.stride())),
                        attribute("pads", Collections.nCopies(4, layer.padding())),
                        attribute("group", layer.groups()));
        return new OnnxMaps(y, layer.outputs(), size(layer, x.rows()), size(layer, x.columns()));
    }

    private static int size(Convolution layer, int size) {
        return size == 0 ? 0 : layer.outputSize(size);
    }

    @Override
    public OnnxMaps add(OnnxMaps a, OnnxMaps b) {
        return a.as(graph.node("Add", List.of(a.name(), b.name())));
    }

    @Override
    public OnnxMaps multiply(OnnxMaps a, OnnxMaps b) {
        return a.as(graph.node("Mul", List.of(a.name(), b.name())));
    }

    @Override
    public OnnxMaps concat(List<OnnxMaps> maps) {
        List<String> names = maps.stream().map(OnnxMaps::name).toList();
        int channels = maps.stream().mapToInt(OnnxMaps::channels).sum();
        return maps.get(0).as(graph.node("Concat", names, attribute("axis", 1)), channels);
    }

    @Override
    public OnnxMaps averagePool(OnnxMaps x) {
        String y =
                graph.node(
                        "AveragePool",
                        List.of(x.name()),
                        attribute("kernel_shape", List.of(3, 3)),
                        attribute("strides", List.of(2, 2)),
                        attribute("pads", List.of(1, 1, 1, 1)),
                        attribute("count_include_pad", 1));
        return new OnnxMaps(y, x.channels(), (x.rows() + 1) / 2, (x.columns() + 1) / 2);
    }

    @Override
    public OnnxMaps globalAveragePool(OnnxMaps x) {
        return x.asPixel(graph.node("GlobalAveragePool", List.of(x.name())));
    }

    @Override
    public OnnxMaps upsampleNearest(OnnxMaps x, OnnxMaps like) {
        return resizing.nearest(x, like);
    }

    @Override
    public OnnxMaps upsampleBilinear(OnnxMaps x, OnnxMaps like) {
        return resizing.bilinear(single(x), like);
    }

    @Override
    public OnnxMaps single(OnnxMaps maps) {
        return cast(maps, ElementType.F32);
    }

    private OnnxMaps cast(OnnxMaps x, ElementType to) {
        return type == ElementType.F32
                ? x
                : x.as(
                        graph.node(
                                "Cast", List.of(x.name()), attribute("to", OnnxGraph.number(to))));
    }
}
