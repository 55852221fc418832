// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedMaps;
import io.stdcseg.network.quantise.QuantisedMaps.Floats;
import io.stdcseg.network.quantise.QuantisedMaps.Gated;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.network.quantise.QuantisedOps;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Back end that adds ONNX nodes which compute in int8, in QDQ format: levels become numbers in
 * front of an operation (DequantizeLinear) and levels again behind it (QuantizeLinear), and run
 * times that know how compute on the levels themselves.
 *
 * <p>ONNX takes one scale for all channels of a map. As each channel has its own, which moves into
 * the weights, the graph counts levels: all its scales are 1.
 */
final class QdqOps extends QuantisedOps<OnnxMaps> {

    private static final int MAX_LEVEL = 255;

    private final OnnxGraph graph;
    private final Map<String, TensorData> weights;
    private final OnnxOps plain;
    private final QdqNodes nodes;
    private final QdqConvolutions convolutions;

    /**
     * @param plain of the same graph and weights, in single precision
     */
    QdqOps(OnnxGraph graph, OnnxOps plain, Map<String, TensorData> weights) {
        super(plain, weights);
        this.graph = graph;
        this.weights = weights;
        this.plain = plain;
        this.nodes = new QdqNodes(graph);
        this.convolutions = new QdqConvolutions(graph, plain, nodes);
    }

    @Override
    public Levels<OnnxMaps> input(OnnxMaps pictures) {
        return nodes.levelsOfPictures(pictures);
    }

    /** They stay floats: a sum that follows takes them as they are. */
    @Override
    protected Floats<OnnxMaps> floats(OnnxMaps computed, Optional<Quantisation> out) {
        return new Floats<>(computed, out.orElse(null));
    }

    @Override
    protected QuantisedMaps<OnnxMaps> convolveLevels(
            Levels<OnnxMaps> x, Convolution layer, Optional<Quantisation> out) {
        if (out.isEmpty()) {
            return new Floats<>(plain.convolve(nodes.numbers(x), layer));
        }
        if (layer.activation() == Activation.SIGMOID) {
            throw new IllegalArgumentException("gates are made of floats");
        }
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        return convolutions.convolve(x, layer, folded, out.get());
    }

    @Override
    protected OnnxMaps plusOne(OnnxMaps gate) {
        return plain.add(gate, gate.as(graph.constant("one", TensorData.of(new float[] {1}))));
    }

    @Override
    protected Levels<OnnxMaps> sum(Gated<OnnxMaps> a, QuantisedMaps<OnnxMaps> b) {
        Quantisation in = a.levels().quantisation();
        Quantisation range =
                b instanceof Floats<OnnxMaps> floats
                        ? floats.range()
                        : ((Levels<OnnxMaps>) b).quantisation();
        Quantisation sum = in.times(a.widest()).plus(range);
        String name = a.value().name();
        OnnxMaps unit = a.gate().as(nodes.channels(name + ".in_sum", in.in(sum)));
        OnnxMaps first = plain.multiply(nodes.counts(a.levels()), plain.multiply(a.gate(), unit));
        OnnxMaps second =
                b instanceof Levels<OnnxMaps> levels
                        ? nodes.countsIn(sum, levels)
                        : plain.multiply(
                                b.value(),
                                b.value().as(nodes.channels(name + ".per_sum", sum.perUnit())));
        return nodes.levels(plain.add(first, second), sum);
    }

    @Override
    protected Levels<OnnxMaps> concatLevels(List<Levels<OnnxMaps>> parts, Quantisation out) {
        return nodes.levels(plain.concat(parts.stream().map(nodes::counts).toList()), out);
    }

    @Override
    protected Levels<OnnxMaps> averageLevels(Levels<OnnxMaps> x) {
        return convolutions.averagePool(x);
    }

    @Override
    protected OnnxMaps mean(Levels<OnnxMaps> x) {
        return plain.globalAveragePool(nodes.numbers(x));
    }

    @Override
    protected OnnxMaps dequantise(Levels<OnnxMaps> levels) {
        return nodes.numbers(levels);
    }

    /** Gates in levels, too, of which the last is the widest. */
    @Override
    protected Levels<OnnxMaps> product(Gated<OnnxMaps> x) {
        OnnxMaps gate = nodes.levels(x.gate(), x.widest() / MAX_LEVEL, 0);
        OnnxMaps part = nodes.counts(gate, 1.0 / MAX_LEVEL, 0);
        OnnxMaps counts = plain.multiply(nodes.counts(x.levels()), part);
        return nodes.levels(counts, x.levels().quantisation().times(x.widest()));
    }
}
