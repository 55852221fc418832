// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.Convolution;
import java.util.List;

/** Convolutions as nodes. */
final class ConvolutionNodes {

    private ConvolutionNodes() {}

    /**
     * Adds one without its activation.
     *
     * @param x the maps
     * @param inputs names of the maps, the weight and, where there is one, the bias
     */
    static OnnxMaps add(OnnxGraph graph, OnnxMaps x, List<String> inputs, Convolution layer) {
        String y =
                graph.node(
                        "Conv",
                        inputs,
                        attribute("kernel_shape", List.of(layer.kernel(), layer.kernel())),
                        attribute("strides", List.of(layer.stride(), layer.stride())),
                        attribute("pads", around(layer.padding())),
                        attribute("group", layer.groups()));
        return new OnnxMaps(y, layer.outputs(), size(layer, x.rows()), size(layer, x.columns()));
    }

    private static int size(Convolution layer, int size) {
        return size == 0 ? 0 : layer.outputSize(size);
    }

    private static List<Integer> around(int size) {
        return List.of(size, size, size, size);
    }
}
