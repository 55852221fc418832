// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import static io.stdcseg.network.onnx.OnnxGraph.attribute;

import io.stdcseg.network.onnx.QdqMaps.Levels;
import io.stdcseg.network.quantise.Quantisation;
import io.stdcseg.tensor.TensorData;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Adds the steps between numbers and levels. Where levels are counted, in units of one level from
 * the one that means zero, a scale of 1 goes for all channels: run times compute on the levels
 * themselves only if it does.
 */
final class QdqNodes {

    private static final int MAX_LEVEL = 255;

    private final OnnxGraph graph;

    QdqNodes(OnnxGraph graph) {
        this.graph = graph;
    }

    /** Levels as counts, of which fractions may be made. */
    OnnxMaps counts(Levels levels) {
        return counts(levels.maps(), 1, levels.meaning().zero());
    }

    /** Levels times a factor, counted from {@code zero}. */
    OnnxMaps counts(OnnxMaps levels, double factor, int zero) {
        return levels.as(
                graph.node("DequantizeLinear", List.of(levels.name(), scale(factor), level(zero))));
    }

    /** Levels as counts in units of {@code other}, whose zero they keep. */
    OnnxMaps countsIn(Quantisation other, Levels levels) {
        return scaled(levels, levels.meaning().in(other));
    }

    /** Levels as the numbers that they stand for. */
    OnnxMaps numbers(Levels levels) {
        return scaled(levels, levels.meaning().scales());
    }

    /** Counts to the nearest levels; what is out of their reach becomes the first or the last. */
    Levels levels(OnnxMaps counts, Quantisation meaning) {
        return new Levels(levels(counts, 1, meaning.zero()), meaning);
    }

    /**
     * Normalised pictures in levels that are the same for all colours, so that they are found by
     * one operation for the whole picture. They are a little coarser than the picture's own.
     */
    Levels levelsOfPictures(OnnxMaps pictures) {
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
        return new Levels(levels(pictures, scale, zero), new Quantisation(scales, shifts));
    }

    /** Numbers divided by a factor to the nearest levels, counted from {@code zero}. */
    OnnxMaps levels(OnnxMaps numbers, double factor, int zero) {
        return numbers.as(
                graph.node("QuantizeLinear", List.of(numbers.name(), scale(factor), level(zero))));
    }

    /** A constant that goes with the channels of maps. */
    String channels(String name, double[] values) {
        return graph.constant(name, TensorData.of(floats(values), 1, values.length, 1, 1));
    }

    private OnnxMaps scaled(Levels levels, double[] scales) {
        String name = levels.maps().name();
        int zero = levels.meaning().zero();
        int[] zeros = new int[scales.length];
        Arrays.fill(zeros, zero);
        String factors = graph.constant(name + ".scale", vector(scales));
        String zerosName =
                graph.constant(
                        String.format(Locale.ROOT, "levels_%d_%d", scales.length, zero),
                        IntegerConstants.levels(zeros));
        return levels.maps()
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
        return graph.constant("level_" + level, IntegerConstants.level(level));
    }

    private static TensorData vector(double[] values) {
        return TensorData.of(floats(values), values.length);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
