// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Scores of a network that follow from counts of pixels. A class that is neither in the labels nor
 * in the predictions has no score and takes no part in a mean; where nothing is left to score, a
 * mean is NaN.
 *
 * @param iou per class: pixels both labelled and predicted so, by pixels that are either; NaN where
 *     absent
 * @param miou mean of {@code iou} over the classes that are present
 * @param classesPresent how many classes {@code miou} is the mean of
 * @param fwiou mean of {@code iou} weighted by how many pixels are labelled so
 * @param meanAccuracy mean, over the classes that are labelled, of the part of their pixels that
 *     was predicted so (Long et al., "Fully Convolutional Networks", CVPR 2015)
 * @param pixelAccuracy part of the labelled pixels that was predicted as labelled
 * @param meanBoundaryIou mean of {@code boundaryIou} over the classes that have one
 * @param boundaryIou per class: as {@code iou}, of the pixels near the class's edge in the label
 *     and near its edge in the prediction (Cheng et al., "Boundary IoU", CVPR 2021)
 * @param expectedCalibrationError see {@link ConfidenceCounts#expectedCalibrationError()}; NaN
 *     where the network's confidence is not known
 */
public record Scores(
        double[] iou,
        double miou,
        int classesPresent,
        double fwiou,
        double meanAccuracy,
        double pixelAccuracy,
        double meanBoundaryIou,
        double[] boundaryIou,
        double expectedCalibrationError)
        implements Serializable {

    /** Where the network's confidence is not known. */
    public Scores(
            double[] iou,
            double miou,
            int classesPresent,
            double fwiou,
            double meanAccuracy,
            double pixelAccuracy,
            double meanBoundaryIou,
            double[] boundaryIou) {
        this(
                iou,
                miou,
                classesPresent,
                fwiou,
                meanAccuracy,
                pixelAccuracy,
                meanBoundaryIou,
                boundaryIou,
                Double.NaN);
    }

    /** The scores of these counts. */
    public static Scores of(PixelCounts counts) {
        int classes = counts.classes();
        long[] labelled = new long[classes];
        long[] predicted = new long[classes];
        long total = 0;
        long right = 0;
        for (int label = 0; label < classes; label++) {
            for (int prediction = 0; prediction < classes; prediction++) {
                long count = counts.count(label, prediction);
                labelled[label] += count;
                predicted[prediction] += count;
                total += count;
            }
            right += counts.count(label, label);
        }
        double[] iou =
                each(
                        classes,
                        c -> {
                            long both = counts.count(c, c);
                            return (double) both / (labelled[c] + predicted[c] - both);
                        });
        double[] boundaryIou = each(classes, counts::boundaryIou);
        ConfidenceCounts confidence = counts.confidence();
        double weighted = 0;
        for (int c = 0; c < classes; c++) {
            weighted += labelled[c] == 0 ? 0 : iou[c] * labelled[c];
        }
        return new Scores(
                iou,
                mean(iou),
                (int) Arrays.stream(iou).filter(value -> !Double.isNaN(value)).count(),
                weighted / total,
                mean(each(classes, c -> (double) counts.count(c, c) / labelled[c])),
                (double) right / total,
                mean(boundaryIou),
                boundaryIou,
                confidence == null ? Double.NaN : confidence.expectedCalibrationError());
    }

    /** Those of nothing. */
    public static Scores none(int classes) {
        return of(new PixelCounts(classes));
    }

    private static double[] each(int classes, IntToDoubleFunction score) {
        return IntStream.range(0, classes).mapToDouble(score).toArray();
    }

    /** Of the values that there are. */
    private static double mean(double[] values) {
        return Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
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
        map.put("meanAccuracy", orNull(meanAccuracy));
        map.put("pixelAccuracy", orNull(pixelAccuracy));
        map.put("meanBoundaryIou", orNull(meanBoundaryIou));
        map.put("iou", byName(names, iou));
        map.put("boundaryIou", byName(names, boundaryIou));
        if (!Double.isNaN(expectedCalibrationError)) {
            map.put("expectedCalibrationError", expectedCalibrationError);
        }
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
