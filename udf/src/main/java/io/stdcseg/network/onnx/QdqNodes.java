// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.network.quantise.QuantisedMaps.Levels;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * QuantizeLinear and DequantizeLinear nodes, the steps between numbers and levels. Where levels are
 * counted, in units of one level from the one that means zero, a scale of 1 goes for all channels:
 * run times compute on the levels themselves only if it does.
 */
final class QdqNodes {

    private static final int MAX_LEVEL = 255;

    private final OnnxGraph graph;

    QdqNodes(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Levels as counts, of which fractions may be made. */
    OnnxMaps counts(Levels<OnnxMaps> levels) {
        return counts(levels.value(), 1, levels.quantisation().zero());
    }

    /** Levels times a factor, counted from {@code zero}. */
    OnnxMaps counts(OnnxMaps levels, double factor, int zero) {
        return levels.as(
                graph.node("DequantizeLinear", List.of(levels.name(), scale(factor), level(zero))));
    }

    /** Levels as counts in units of {@code other}, whose zero they keep. */
    OnnxMaps countsIn(Quantisation other, Levels<OnnxMaps> levels) {
        return scaled(levels, levels.quantisation().in(other));
    }

    /** Levels as the numbers that they stand for. */
    OnnxMaps numbers(Levels<OnnxMaps> levels) {
        return scaled(levels, levels.quantisation().scales());
    }

    /** Counts to the nearest levels; what is out of their reach becomes the first or the last. */
    Levels<OnnxMaps> levels(OnnxMaps counts, Quantisation quantisation) {
        return new Levels<>(levels(counts, 1, quantisation.zero()), quantisation);
    }

    /**
     * Normalised pictures in levels that are the same for all colours, so that they are found by
     * one operation for the whole picture. They are a little coarser than the picture's own.
     */
    Levels<OnnxMaps> levelsOfPictures(OnnxMaps pictures) {
        Quantisation own = Quantisation.ofPictures();
        double least = 0;
        double most = 0;
        for (int c = 0; c < own.channels(); c++) {
            least = Math.min(least, own.shifts()[c]);
            most = Math.max(most, own.shifts()[c] + MAX_LEVEL * own.scales()[c]);
        }
        double scale = (most - least) / MAX_LEVEL;
        int zero = (int) Math.rint(-least / scale);
        double[] scales = new double[own.channels()];
        double[] shifts = new double[own.channels()];
        Arrays.fill(scales, scale);
        Arrays.fill(shifts, -zero * scale);
        return new Levels<>(levels(pictures, scale, zero), new Quantisation(scales, shifts));
    }

    /** Numbers divided by a factor to the nearest levels, counted from {@code zero}. */
    OnnxMaps levels(OnnxMaps numbers, double factor, int zero) {
        return numbers.as(
                graph.node("QuantizeLinear", List.of(numbers.name(), scale(factor), level(zero))));
    }

    /** A constant that goes with the channels of maps. */
    String channels(String name, double[] values) {
        return graph.constant(name, TensorData.of(values, 1, values.length, 1, 1));
    }

    private OnnxMaps scaled(Levels<OnnxMaps> levels, double[] scales) {
        String name = levels.value().name();
        int zero = levels.quantisation().zero();
        byte[] zeros = new byte[scales.length];
        Arrays.fill(zeros, (byte) zero);
        String factors = graph.constant(name + ".scale", TensorData.of(scales, scales.length));
        String zerosName =
                graph.constant(
                        String.format(Locale.ROOT, "levels_%d_%d", scales.length, zero),
                        uint8(new long[] {zeros.length}, zeros));
        return levels.value()
                .as(
                        graph.node(
                                "DequantizeLinear",
                                List.of(name, factors, zerosName),
                                attribute("axis", 1)));
    }

    private String scale(double factor) {
        return graph.constant("scale_" + factor, TensorData.of(new float[] {(float) factor}));
    }

    private String level(int level) {
        return graph.constant("level_" + level, uint8(new long[0], new byte[] {(byte) level}));
    }

    private static TensorData uint8(long[] shape, byte[] levels) {
        return new TensorData(ElementType.U8, shape, ByteBuffer.wrap(levels));
    }
}
