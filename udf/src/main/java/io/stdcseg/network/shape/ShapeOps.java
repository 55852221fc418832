// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.shape;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.Ops;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Back end that computes shapes instead of numbers and lists every convolution that it meets. */
final class ShapeOps implements Ops<ShapeOps.MapShape> {

    private final List<Convolution> convolutions = new ArrayList<>();
    private final List<Layer> layers = new ArrayList<>();
    private long elementOperations;

    /** In the order of the calls. */
    List<Convolution> convolutions() {
        return convolutions;
    }

    /** In the order of the calls. */
    List<Layer> layers() {
        return layers;
    }

    /**
     * Operations beside convolutions as ptflops counts them: two for each number that a norm puts
     * out, one for each that a ReLU puts out, one for each that a mean takes in.
     */
    long elementOperations() {
        return elementOperations;
    }

    @Override
    public MapShape convolve(MapShape x, Convolution layer) {
        if (x.channels() != layer.inputs()) {
            throw new IllegalArgumentException(
                    layer.name() + " takes " + layer.inputs() + " channels, not " + x.channels());
        }
        MapShape out =
                new MapShape(
                        layer.outputs(), layer.outputSize(x.rows()), layer.outputSize(x.columns()));
        if (layer.normKind() != Norm.NONE) {
            elementOperations += 2 * out.elements();
        }
        if (layer.activation() == Activation.RELU) {
            elementOperations += out.elements();
        }
        convolutions.add(layer);
        layers.add(
                new Layer(
                        layer.name(),
                        kind(layer),
                        out.channels(),
                        out.rows(),
                        out.columns(),
                        layer.parameters(),
                        layer.macsPerPixel() * out.rows() * out.columns()));
        return out;
    }

    @Override
    public MapShape add(MapShape a, MapShape b) {
        if (a.channels() != b.channels() || !(a.equals(b) || b.rows() * b.columns() == 1)) {
            throw new IllegalArgumentException(a + " and " + b + " do not fit together");
        }
        return a;
    }

    @Override
    public MapShape multiply(MapShape a, MapShape b) {
        return add(a, b);
    }

    @Override
    public MapShape concat(List<MapShape> maps) {
        MapShape first = maps.get(0);
        int channels = 0;
        for (MapShape map : maps) {
            if (!map.withChannels(0).equals(first.withChannels(0))) {
                throw new IllegalArgumentException(first + " and " + map + " differ in size");
            }
            channels += map.channels();
        }
        return first.withChannels(channels);
    }

    @Override
    public MapShape averagePool(MapShape x) {
        elementOperations += x.elements();
        return new MapShape(x.channels(), (x.rows() + 1) / 2, (x.columns() + 1) / 2);
    }

    @Override
    public MapShape globalAveragePool(MapShape x) {
        elementOperations += x.elements();
        return new MapShape(x.channels(), 1, 1);
    }

    @Override
    public MapShape upsampleNearest(MapShape x, MapShape like) {
        return x.sizedAs(like);
    }

    @Override
    public MapShape upsampleBilinear(MapShape x, MapShape like) {
        return x.sizedAs(like);
    }

    private static String kind(Convolution layer) {
        StringBuilder kind = new StringBuilder();
        if (layer.linear()) {
            kind.append("linear");
        } else {
            kind.append(layer.groups() > 1 ? "channel-wise conv " : "conv ");
            kind.append(layer.kernel()).append('x').append(layer.kernel());
        }
        if (layer.stride() > 1) {
            kind.append(" /").append(layer.stride());
        }
        if (layer.normKind() != Norm.NONE) {
            kind.append(" + norm");
        }
        if (layer.activation() != Activation.NONE) {
            kind.append(" + ").append(layer.activation().name().toLowerCase(Locale.ROOT));
        }
        return kind.toString();
    }

    /** Size of a stack of feature maps. */
    record MapShape(int channels, int rows, int columns) {

        long elements() {
            return (long) channels * rows * columns;
        }

        MapShape withChannels(int other) {
            return new MapShape(other, rows, columns);
        }

        MapShape sizedAs(MapShape other) {
            return new MapShape(channels, other.rows, other.columns);
        }
    }
}
