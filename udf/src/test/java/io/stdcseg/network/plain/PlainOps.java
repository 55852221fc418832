// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.plain;

import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.FoldedConvolution;
import io.stdcseg.network.Ops;
import io.stdcseg.tensor.TensorData;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Computes in plain Java, in single precision, one picture at a time. Slow, but it calls nothing
 * native: what a library computes is held against it before the library is trusted.
 */
public final class PlainOps implements Ops<PlainMaps> {

    private final Map<String, TensorData> weights;

    /**
     * @param weights plain tensors by published name
     */
    public PlainOps(Map<String, TensorData> weights) {
        this.weights = weights;
    }

    @Override
    public PlainMaps convolve(PlainMaps x, Convolution layer) {
        FoldedConvolution folded = FoldedConvolution.of(layer, weights);
        PlainMaps y =
                PlainMaps.zeros(
                        layer.outputSize(x.rows()), layer.outputSize(x.columns()), layer.outputs());
        float[] filters = outputsLast(folded.weight());
        float[] bias =
                folded.bias() == null ? new float[layer.outputs()] : folded.bias().toFloats();
        IntStream.range(0, y.rows())
                .parallel()
                .forEach(row -> convolve(x, y, row, layer, filters, bias));
        return y;
    }

    /** One row of the result. */
    private static void convolve(
            PlainMaps x, PlainMaps y, int row, Convolution layer, float[] filters, float[] bias) {
        int inputs = layer.inputs() / layer.groups();
        int kernel = layer.kernel();
        for (int column = 0; column < y.columns(); column++) {
            int to = y.index(row, column);
            System.arraycopy(bias, 0, y.values(), to, layer.outputs());
            for (int tap = 0; tap < kernel * kernel; tap++) {
                int fromRow = row * layer.stride() - layer.padding() + tap / kernel;
                int fromColumn = column * layer.stride() - layer.padding() + tap % kernel;
                if (fromRow < 0
                        || fromRow >= x.rows()
                        || fromColumn < 0
                        || fromColumn >= x.columns()) {
                    continue;
                }
                int from = x.index(fromRow, fromColumn);
                if (layer.groups() > 1) {
                    addEach(x.values(), from, filters, tap * layer.outputs(), y.values(), to, y);
                } else {
                    int filter = tap * inputs * layer.outputs();
                    addAll(x.values(), from, inputs, filters, filter, y.values(), to, y);
                }
            }
            activate(y.values(), to, layer.outputs(), layer.activation());
        }
    }

    /** Every input's share in every output, at one place of the filter. */
    private static void addAll(
            float[] x,
            int from,
            int inputs,
            float[] filters,
            int filter,
            float[] y,
            int to,
            PlainMaps like) {
        int outputs = like.channels();
        for (int i = 0; i < inputs; i++) {
            float value = x[from + i];
            int weights = filter + i * outputs;
            for (int o = 0; o < outputs; o++) {
                y[to + o] += value * filters[weights + o];
            }
        }
    }

    /** Each channel's share in itself. */
    private static void addEach(
            float[] x, int from, float[] filters, int filter, float[] y, int to, PlainMaps like) {
        for (int c = 0; c < like.channels(); c++) {
            y[to + c] += x[from + c] * filters[filter + c];
        }
    }

    private static void activate(float[] y, int from, int count, Activation activation) {
        for (int i = from; i < from + count; i++) {
            y[i] =
                    switch (activation) {
                        case NONE -> y[i];
                        case RELU -> Math.max(y[i], 0);
                        case SIGMOID -> (float) (1 / (1 + Math.exp(-y[i])));
                    };
        }
    }

    /** (outputs, inputs, rows, columns) to (rows, columns, inputs, outputs). */
    private static float[] outputsLast(TensorData weight) {
        float[] values = weight.toFloats();
        int outputs = (int) weight.shape()[0];
        int inputs = (int) weight.shape()[1];
        int taps = values.length / outputs / inputs;
        float[] turned = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                for (int tap = 0; tap < taps; tap++) {
                    turned[(tap * inputs + i) * outputs + o] =
                            values[(o * inputs + i) * taps + tap];
                }
            }
        }
        return turned;
    }

    @Override
    public PlainMaps add(PlainMaps a, PlainMaps b) {
        return each(a, b, Float::sum);
    }

    @Override
    public PlainMaps multiply(PlainMaps a, PlainMaps b) {
        return each(a, b, (first, second) -> first * second);
    }

    /** Of two numbers one. */
    private interface Operation {
        float of(float a, float b);
    }

    private static PlainMaps each(PlainMaps a, PlainMaps b, Operation operation) {
        PlainMaps y = PlainMaps.zeros(a.rows(), a.columns(), a.channels());
        for (int i = 0; i < y.values().length; i++) {
            float second = b.values()[b.pixels() == 1 ? i % b.channels() : i];
            y.values()[i] = operation.of(a.values()[i], second);
        }
        return y;
    }

    @Override
    public PlainMaps concat(List<PlainMaps> maps) {
        PlainMaps first = maps.get(0);
        int channels = maps.stream().mapToInt(PlainMaps::channels).sum();
        PlainMaps y = PlainMaps.zeros(first.rows(), first.columns(), channels);
        int to = 0;
        for (int pixel = 0; pixel < y.pixels(); pixel++) {
            for (PlainMaps part : maps) {
                int count = part.channels();
                System.arraycopy(part.values(), pixel * count, y.values(), to, count);
                to += count;
            }
        }
        return y;
    }

    @Override
    public PlainMaps averagePool(PlainMaps x) {
        PlainMaps y = PlainMaps.zeros((x.rows() + 1) / 2, (x.columns() + 1) / 2, x.channels());
        for (int row = 0; row < x.rows(); row++) {
            for (int column = 0; column < x.columns(); column++) {
                share(x, row, column, y);
            }
        }
        return y;
    }

    /** Gives a ninth of a pixel to every mean that it counts in. */
    private static void share(PlainMaps x, int row, int column, PlainMaps y) {
        int from = x.index(row, column);
        for (int toRow = row / 2; toRow <= (row + 1) / 2 && toRow < y.rows(); toRow++) {
            for (int toColumn = column / 2;
                    toColumn <= (column + 1) / 2 && toColumn < y.columns();
                    toColumn++) {
                int to = y.index(toRow, toColumn);
                for (int c = 0; c < x.channels(); c++) {
                    y.values()[to + c] += x.values()[from + c] / 9;
                }
            }
        }
    }

    @Override
    public PlainMaps globalAveragePool(PlainMaps x) {
        double[] sums = new double[x.channels()];
        for (int i = 0; i < x.values().length; i++) {
            sums[i % x.channels()] += x.values()[i];
        }
        PlainMaps y = PlainMaps.zeros(1, 1, x.channels());
        for (int c = 0; c < sums.length; c++) {
            y.values()[c] = (float) (sums[c] / x.pixels());
        }
        return y;
    }

    @Override
    public PlainMaps upsampleNearest(PlainMaps x, PlainMaps like) {
        PlainMaps y = PlainMaps.zeros(like.rows(), like.columns(), x.channels());
        for (int row = 0; row < y.rows(); row++) {
            for (int column = 0; column < y.columns(); column++) {
                int from = x.index(row * x.rows() / y.rows(), column * x.columns() / y.columns());
                System.arraycopy(x.values(), from, y.values(), y.index(row, column), x.channels());
            }
        }
        return y;
    }

    @Override
    public PlainMaps upsampleBilinear(PlainMaps x, PlainMaps like) {
        PlainMaps y = PlainMaps.zeros(like.rows(), like.columns(), x.channels());
        double rowStep = y.rows() > 1 ? (x.rows() - 1.0) / (y.rows() - 1) : 0;
        double columnStep = y.columns() > 1 ? (x.columns() - 1.0) / (y.columns() - 1) : 0;
        for (int row = 0; row < y.rows(); row++) {
            for (int column = 0; column < y.columns(); column++) {
                blend(x, row * rowStep, column * columnStep, y, y.index(row, column));
            }
        }
        return y;
    }

    /** One pixel between four. */
    private static void blend(PlainMaps x, double row, double column, PlainMaps y, int to) {
        int top = Math.min((int) row, x.rows() - 1);
        int left = Math.min((int) column, x.columns() - 1);
        int bottom = Math.min(top + 1, x.rows() - 1);
        int right = Math.min(left + 1, x.columns() - 1);
        double down = row - top;
        double across = column - left;
        for (int c = 0; c < x.channels(); c++) {
            double above =
                    (1 - across) * x.values()[x.index(top, left) + c]
                            + across * x.values()[x.index(top, right) + c];
            double below =
                    (1 - across) * x.values()[x.index(bottom, left) + c]
                            + across * x.values()[x.index(bottom, right) + c];
            y.values()[to + c] = (float) ((1 - down) * above + down * below);
        }
    }
}
