// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores of a network that follow from a confusion matrix. A class that is neither in the labels
 * nor in the predictions has no score and takes no part in a mean; where nothing is left to score,
 * a mean is NaN.
 *
 * @param iou per class: pixels both labelled and predicted so, by pixels that are either; NaN where
 *     absent
 * @param miou mean of {@code iou} over the classes that are present
 * @param classesPresent how many classes {@code miou} is the mean of
 * @param fwiou mean of {@code iou} weighted by how many pixels are labelled so
 * @param pixelAccuracy part of the labelled pixels that was predicted as labelled
 */
public record Scores(
        double[] iou, double miou, int classesPresent, double fwiou, double pixelAccuracy) {

    /** The scores of these counts. */
    public static Scores of(ConfusionMatrix matrix) {
        int classes = matrix.classes();
        long[] labelled = new long[classes];
        long[] predicted = new long[classes];
        long total = 0;
        long right = 0;
        for (int label = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++) {
                long count = matrix.count(label, prediction);
                labelled[label] += count;
                predicted[prediction] += count;
                total += count;
            }
            right += matrix.count(label, label);
        }
        double[] iou = new double[classes];
        int present = 0;
        double sum = 0;
        double weighted = 0;
        for (int c = 0; c < classes; c++) {
            long both = matrix.count(c, c);
            long either = labelled[c] + predicted[c] - both;
            iou[c] = (double) both / either;
            if (either > 0) {
                present++;
                sum += iou[c];
                weighted += iou[c] * labelled[c];
            }
        }
        return new Scores(iou, sum / present, present, weighted / total, (double) right / total);
    }

    /**
     * All scores as plain values in the order they are written; null for what has no value.
     *
     * @param names of the classes
     */
    public Map<String, Object> toMap(List<String> names) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("miou", orNull(miou));
        map.put("classesPresent", classesPresent);
        map.put("fwiou", orNull(fwiou));
        map.put("pixelAccuracy", orNull(pixelAccuracy));
        map.put("iou", byName(names, iou));
        return map;
    }

    /**
     * Class name to value in the order of {@code names}; null where the class is absent.
     *
     * @param names one per class
     */
    public static Map<String, Double> byName(List<String> names, double[] values) {
        if (names.size() != values.length) {
            throw new IllegalArgumentException(
                    names.size() + " names for " + values.length + " classes");
        }
        Map<String, Double> byName = new LinkedHashMap<>();
        for (int c = 0; c < values.length; c++) {
            byName.put(names.get(c), orNull(values[c]));
        }
        return byName;
    }

    /** The value as JSON knows it: null for NaN. */
    public static Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
