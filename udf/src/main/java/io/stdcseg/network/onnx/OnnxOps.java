// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Ops;
import io.stdcseg.network.TensorData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Adds nodes to a graph; a stack of maps is the name of its value. */
final class OnnxOps implements Ops<String> {

    private final OnnxGraph graph;
    private final Map<String, TensorData> weights;

    OnnxOps(OnnxGraph graph, Map<String, TensorData> weights) {
        this.graph = graph;
        this.weights = weights;
    }

    @Override
    public String convolve(String x, Convolution layer) {
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        List<String> inputs = new ArrayList<>(List.of(x));
        inputs.add(graph.constant(layer.weightName(), folded.weight()));
        if (folded.bias() != null) {
            inputs.add(graph.constant(layer.name() + ".bias", folded.bias()));
        }
        String y =
                graph.node(
                        "Conv",
                        inputs,
                        attribute("kernel_shape", square(layer.kernel())),
                        attribute("strides", square(layer.stride())),
                        attribute("pads", around(layer.padding())),
                        attribute("group", layer.groups()));
        return switch (layer.activation()) {
            case NONE -> y;
            case RELU -> graph.node("Relu", List.of(y));
            case SIGMOID -> graph.node("Sigmoid", List.of(y));
        };
    }

    @Override
    public String add(String a, String b) {
        return graph.node("Add", List.of(a, b));
    }

    @Override
    public String multiply(String a, String b) {
        return graph.node("Mul", List.of(a, b));
    }

    @Override
    public String concat(List<String> maps) {
        return graph.node("Concat", maps, attribute("axis", 1));
    }

    @Override
    public String averagePool(String x) {
        return graph.node(
                "AveragePool",
                List.of(x),
                attribute("kernel_shape", square(3)),
                attribute("strides", square(2)),
                attribute("pads", around(1)),
                attribute("count_include_pad", 1));
    }

    @Override
    public String globalAverage(String x) {
        return graph.node("GlobalAveragePool", List.of(x));
    }

    @Override
    public String repeatTo(String x, String like) {
        return resize(
                x,
                like,
                attribute("mode", "nearest"),
                attribute("coordinate_transformation_mode", "asymmetric"),
                attribute("nearest_mode", "floor"));
    }

    @Override
    public String resizeTo(String x, String like) {
        return resize(
                x,
                like,
                attribute("mode", "linear"),
                attribute("coordinate_transformation_mode", "align_corners"));
    }

    /** The size is computed from shapes, which run times do once where the input's is fixed. */
    private String resize(String x, String like, ProtobufMessage... attributes) {
        String outer = graph.node("Shape", List.of(x), attribute("end", 2));
        String inner = graph.node("Shape", List.of(like), attribute("start", 2));
        String sizes = graph.node("Concat", List.of(outer, inner), attribute("axis", 0));
        return graph.node("Resize", List.of(x, "", "", sizes), attributes);
    }

    private static List<Integer> square(int size) {
        return List.of(size, size);
    }

    private static List<Integer> around(int size) {
        return List.of(size, size, size, size);
    }
}
