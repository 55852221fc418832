// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Means over successive iterations of a training.
 *
 * @param iteration the last of them, counted from 1
 * @param steps how many there are
 * @param rate of learning in the last one
 * @param losses on average
 * @param pictures in all their batches
 * @param seconds of all of them, evaluations left out
 */
record StepMeans(
        int iteration, int steps, double rate, LossValues losses, int pictures, double seconds) {

    private static final String TOTAL = "total";

    static StepMeans of(TrainingStep step) {
        return new StepMeans(
                step.iteration(), 1, step.rate(), step.losses(), step.pictures(), step.seconds());
    }

    /** These and the ones after them. */
    StepMeans and(StepMeans next) {
        int all = steps + next.steps;
        return new StepMeans(
                next.iteration,
                all,
                next.rate,
                losses.towards(next.losses, (double) next.steps / all),
                pictures + next.pictures,
                seconds + next.seconds);
    }

    /** As plain values in the order they are written. */
    Map<String, Object> toMap() {
        Map<String, Object> loss = new LinkedHashMap<>();
        loss.put(TOTAL, losses.total());
        loss.putAll(losses.terms());
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("iteration", iteration);
        map.put("steps", steps);
        map.put("rate", rate);
        map.put("loss", loss);
        map.put("pictures", pictures);
        map.put("seconds", seconds);
        map.put("picturesPerSecond", seconds > 0 ? pictures / seconds : null);
        return map;
    }

    /** What {@link #toMap()} wrote. */
    static StepMeans of(JsonNode line) {
        Map<String, Double> terms = new LinkedHashMap<>();
        line.get("loss")
                .properties()
                .forEach(term -> terms.put(term.getKey(), term.getValue().asDouble()));
        terms.remove(TOTAL);
        return new StepMeans(
                line.get("iteration").asInt(),
                line.get("steps").asInt(),
                line.get("rate").asDouble(),
                new LossValues(terms),
                line.get("pictures").asInt(),
                line.get("seconds").asDouble());
    }
}
