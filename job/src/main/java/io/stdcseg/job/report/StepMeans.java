// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.training.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Successive iterations of a training, taken together.
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

    static StepMeans of(TrainingStep step) {
        return new StepMeans(
                step.iteration(), 1, step.rate(), step.losses(), step.pictures(), step.seconds());
    }

    /** These and the ones after them. */
    StepMeans and(StepMeans next) {
        int all = steps + next.steps;
        LossValues a = losses;
        LossValues b = next.losses;
        double share = (double) next.steps / all;
        return new StepMeans(
                next.iteration,
                all,
                next.rate,
                new LossValues(
                        a.main() + share * (b.main() - a.main()),
                        a.head16() + share * (b.head16() - a.head16()),
                        a.head32() + share * (b.head32() - a.head32()),
                        a.edges() + share * (b.edges() - a.edges()),
                        a.dice() + share * (b.dice() - a.dice())),
                pictures + next.pictures,
                seconds + next.seconds);
    }

    /** As plain values in the order they are written. */
    Map<String, Object> toMap() {
        Map<String, Object> loss = new LinkedHashMap<>();
        loss.put("total", losses.total());
        loss.put("main", losses.main());
        loss.put("head16", losses.head16());
        loss.put("head32", losses.head32());
        loss.put("edges", losses.edges());
        loss.put("dice", losses.dice());
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
        JsonNode loss = line.get("loss");
        return new StepMeans(
                line.get("iteration").asInt(),
                line.get("steps").asInt(),
                line.get("rate").asDouble(),
                new LossValues(
                        loss.get("main").asDouble(),
                        loss.get("head16").asDouble(),
                        loss.get("head32").asDouble(),
                        loss.get("edges").asDouble(),
                        loss.get("dice").asDouble()),
                line.get("pictures").asInt(),
                line.get("seconds").asDouble());
    }
}
