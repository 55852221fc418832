// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedConvolution;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Optional;

/**
 * Convolutions of levels. Run times compute them on the levels if the weights are 8-bit steps with
 * a scale for each output and the biases 32-bit steps of the same scale (as the input's is 1).
 *
 * <p>There is no node for a ReLU: what is below the first level becomes the first level.
 */
final class QdqConvolutions {

    /** Half of what 32 bits hold is left to the sum. */
    private static final int MAX_BIAS = 1 << 30;

    private static final int POOL = 3;

    private final OnnxGraph graph;
    private final OnnxOps plain;
    private final QdqNodes nodes;

    QdqConvolutions(OnnxGraph graph, OnnxOps plain, QdqNodes nodes) {
        this.graph = graph;
        this.plain = plain;
        this.nodes = nodes;
    }

    /** A convolution and its activation, none or a ReLU. */
    Levels<OnnxMaps> convolve(
            Levels<OnnxMaps> x, Convolution layer, FoldedConvolution folded, Quantisation out) {
        QuantisedConvolution rounded =
                QuantisedConvolution.of(folded, x.quantisation(), Optional.of(out))
                        .withBiasesUpTo(MAX_BIAS);
        String scale = graph.constant(layer.name() + ".scale", rounded.scale());
        String weight = graph.constant(layer.weightName(), rounded.steps());
        String bias = graph.constant(layer.name() + ".bias", steps(rounded));
        List<String> inputs =
                List.of(nodes.counts(x).name(), perOutput(weight, scale), perOutput(bias, scale));
        return nodes.levels(plain.convolution(x.value(), inputs, layer), out);
    }

    /**
     * Mean of 3x3 pixels at every second pixel, the zeros around the map among them: a convolution
     * of each map for itself, which ONNX Runtime computes ten times as fast as its own pooling of
     * levels.
     */
    Levels<OnnxMaps> averagePool(Levels<OnnxMaps> x) {
        int channels = x.quantisation().channels();
        String name = x.value().name() + ".mean";
        Convolution layer = Convolution.depthwise(name, channels).strided(2);
        FoldedConvolution mean = FoldedConvolution.depthwise(channels, POOL, 1f / (POOL * POOL));
        return convolve(x, layer, mean, x.quantisation());
    }

    private String perOutput(String steps, String scale) {
        return graph.node("DequantizeLinear", List.of(steps, scale), attribute("axis", 0));
    }

    private static TensorData steps(QuantisedConvolution rounded) {
        int[] steps = new int[(int) rounded.bias().elements()];
        for (int o = 0; o < steps.length; o++) {
            steps[o] = (int) Math.rint(rounded.bias().get(o) / rounded.scale().get(o));
        }
        return TensorData.ofInt32(steps);
    }
}
