// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.metric.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluation of weights on validation pictures. */
public sealed interface Evaluation permits Evaluation.SegmentationScores, Evaluation.Accuracy {

    /** What decides which weights are the best, 0 to 1, larger is better; NaN if unknown. */
    double score();

    /** The name of that number. */
    String measure();

    /**
     * Accuracy of classification.
     *
     * @param pictures all of them
     * @param top1 those whose class has the highest score
     * @param top5 those whose class is among the five highest scores
     */
    record Accuracy(int pictures, int top1, int top5) implements Evaluation {

        /** The share of {@link #top1()}. */
        @Override
        public double score() {
            return (double) top1 / pictures;
        }

        /** The share of {@link #top5()}. */
        public double topFive() {
            return (double) top5 / pictures;
        }

        /** Both counted together. */
        Accuracy plus(Accuracy other) {
            return new Accuracy(pictures + other.pictures, top1 + other.top1, top5 + other.top5);
        }

        @Override
        public String measure() {
            return "top-1 accuracy";
        }
    }

    /**
     * Picture that was evaluated.
     *
     * @param rgb {@code height} rows of {@code width} RGB triples
     * @param labels train ids of its pixels
     * @param mask train ids that the network gave them
     */
    record Sample(String name, int width, int height, byte[] rgb, byte[] labels, byte[] mask) {}

    /**
     * Scores of segmentation.
     *
     * @param byScale scores by the factor that resized the pictures, in the recipe's order; the
     *     first decides
     * @param samples a few of the pictures, the same each time, as the first scale sees them
     */
    record SegmentationScores(Map<Double, Scores> byScale, List<Sample> samples)
            implements Evaluation {

        /** Without samples. */
        public SegmentationScores(Map<Double, Scores> byScale) {
            this(byScale, List.of());
        }

        public SegmentationScores {
            samples = List.copyOf(samples);
            byScale = Collections.unmodifiableMap(new LinkedHashMap<>(byScale));
        }

        @Override
        public double score() {
            return byScale.values().iterator().next().miou();
        }

        @Override
        public String measure() {
            return "mIoU";
        }
    }
}
