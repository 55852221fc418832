// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.onnx.QdqMaps.Gated;
import io.stdcseg.network.onnx.QdqMaps.Levels;
import io.stdcseg.network.onnx.QdqMaps.Numbers;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds nodes that compute in 8 bits, in ONNX's way: levels become numbers in front of an operation
 * and levels again behind it, and run times that know how compute on the levels themselves.
 *
 * <p>ONNX takes one scale for all channels of a map. Each channel has its own, though, which moves
 * into the weights (see {@link io.stdcseg.network.quantise.QuantisedConvolution}), so that the
 * graph counts levels: all its scales are 1. What has one pixel per map, which is the means and the
 * gates made of them, is computed in floats, and so are the scores.
 */
final class QdqOps implements OnnxBackEnd<QdqMaps> {

    private static final int MAX_LEVEL = 255;

    private final OnnxGraph graph;
    private final ResizeNodes resizing;
    private final Map<String, TensorData> weights;
    private final OnnxOps plain;
    private final QdqNodes nodes;
    private final QdqConvolutions convolutions;

    QdqOps(OnnxGraph graph, ResizeNodes resizing, Map<String, TensorData> weights) {
        this.graph = graph;
        this.resizing = resizing;
        this.weights = weights;
        this.plain = new OnnxOps(graph, resizing, weights, ElementType.F32);
        this.nodes = new QdqNodes(graph);
        this.convolutions = new QdqConvolutions(graph, nodes);
    }

    @Override
    public Levels image(OnnxMaps pictures) {
        return nodes.levelsOfPictures(pictures);
    }

    @Override
    public QdqMaps convolve(QdqMaps x, Convolution layer) {
        Optional<Quantisation> out = Quantisation.behind(layer, weights);
        if (x instanceof Numbers numbers) {
            return new Numbers(plain.convolve(numbers.maps(), layer), out.orElse(null));
        }
        if (out.isEmpty()) {
            return new Numbers(plain.convolve(nodes.numbers(levels(x)), layer), null);
        }
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        if (layer.activation() == Activation.SIGMOID) {
            throw new IllegalArgumentException("gates are made of floats");
        }
        return convolutions.convolve(levels(x), layer, folded, out.get());
    }

    @Override
    public QdqMaps add(QdqMaps a, QdqMaps b) {
        if (!(a instanceof Gated gated)) {
            throw new IllegalArgumentException("maps are added to gated ones only");
        }
        if (gated.maps().equals(b.maps())) {
            OnnxMaps one = gated.gate().as(graph.constant("one", TensorData.of(new float[] {1})));
            return new Gated(gated.levels(), plain.add(gated.gate(), one), gated.widest() + 1);
        }
        return sum(gated, b);
    }

    /** Both in levels of the sum. */
    private Levels sum(Gated a, QdqMaps b) {
        Quantisation in = a.levels().meaning();
        Quantisation range =
                b instanceof Numbers numbers ? numbers.range() : ((Levels) b).meaning();
        Quantisation sum = in.times(a.widest()).plus(range);
        String name = a.maps().name();
        OnnxMaps unit = a.gate().as(nodes.channels(name + ".in_sum", in.in(sum)));
        OnnxMaps first = plain.multiply(nodes.counts(a.levels()), plain.multiply(a.gate(), unit));
        OnnxMaps second =
                b instanceof Levels levels
                        ? nodes.countsIn(sum, levels)
                        : plain.multiply(
                                b.maps(),
                                b.maps().as(nodes.channels(name + ".per_sum", sum.perUnit())));
        return nodes.levels(plain.add(first, second), sum);
    }

    @Override
    public Gated multiply(QdqMaps a, QdqMaps b) {
        if (!(a instanceof Levels levels) || !(b instanceof Numbers gate)) {
            throw new IllegalArgumentException("only levels are multiplied, and only by gates");
        }
        return new Gated(levels, gate.maps(), 1);
    }

    @Override
    public Levels concat(List<QdqMaps> maps) {
        List<Levels> parts = maps.stream().map(this::levels).toList();
        OnnxMaps counts = plain.concat(parts.stream().map(nodes::counts).toList());
        return nodes.levels(
                counts, Quantisation.concat(parts.stream().map(Levels::meaning).toList()));
    }

    @Override
    public Levels averagePool(QdqMaps x) {
        return convolutions.averagePool(levels(x));
    }

    @Override
    public Numbers globalAveragePool(QdqMaps x) {
        return new Numbers(plain.globalAveragePool(nodes.numbers(levels(x))), null);
    }

    @Override
    public Levels upsampleNearest(QdqMaps x, QdqMaps like) {
        Levels levels = levels(x);
        return new Levels(resizing.repeat(levels.maps(), like.maps()), levels.meaning());
    }

    @Override
    public Numbers upsampleBilinear(QdqMaps x, QdqMaps like) {
        return new Numbers(plain.upsampleBilinear(single(x), like.maps()), null);
    }

    @Override
    public OnnxMaps single(QdqMaps maps) {
        return maps instanceof Numbers numbers ? numbers.maps() : nodes.numbers(levels(maps));
    }

    private Levels levels(QdqMaps x) {
        if (x instanceof Levels levels) {
            return levels;
        }
        if (x instanceof Gated gated) {
            return product(gated);
        }
        throw new IllegalArgumentException("nothing tells how far these numbers reach");
    }

    /** Gates in levels, too, of which the last is the widest. */
    private Levels product(Gated x) {
        OnnxMaps gate = nodes.levels(x.gate(), x.widest() / MAX_LEVEL, 0);
        OnnxMaps part = nodes.counts(gate, 1.0 / MAX_LEVEL, 0);
        OnnxMaps counts = plain.multiply(nodes.counts(x.levels()), part);
        return nodes.levels(counts, x.levels().meaning().times(x.widest()));
    }
}
