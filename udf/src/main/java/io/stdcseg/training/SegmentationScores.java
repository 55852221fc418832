// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.metric.Scores;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well pixels are told apart.
 *
 * @param byScale scores by the factor that resized the pictures, in the recipe's order; the first
 *     decides
 */
public record SegmentationScores(Map<Double, Scores> byScale) implements Evaluation {

    public SegmentationScores {
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
