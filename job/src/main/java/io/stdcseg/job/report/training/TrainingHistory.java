// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** History of a training, as {@code log.jsonl} holds it. Not thread-safe. */
public final class TrainingHistory {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<StepMeans> steps = new ArrayList<>();
    private final List<JsonNode> evaluations = new ArrayList<>();
    private final List<JsonNode> begins = new ArrayList<>();

    private final ValidationPictures pictures;

    TrainingHistory(ValidationPictures pictures) {
        this.pictures = pictures;
    }

    /** Adds what a line says; a line that somebody's death cut short says nothing. */
    void add(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            if (node.has("best")) {
                evaluations.add(node);
            } else if (node.has("begun")) {
                begins.add(node);
            } else if (node.has("loss")) {
                steps.add(StepMeans.of(node));
            }
        } catch (JsonProcessingException e) {
            // Nothing follows it: whoever goes on begins before it.
        }
    }

    /** The iteration of a line; a large number if it is not whole. */
    static int iteration(String line) {
        try {
            JsonNode iteration = MAPPER.readTree(line).path("iteration");
            return iteration.asInt(Integer.MAX_VALUE);
        } catch (JsonProcessingException e) {
            return Integer.MAX_VALUE;
        }
    }

    /** Evaluations as their lines tell of them, in the order of iterations. */
    List<JsonNode> evaluations() {
        return evaluations;
    }

    /** Masks of a few validation pictures. */
    ValidationPictures pictures() {
        return pictures;
    }

    /** Where runs began, as their lines tell of them. */
    List<JsonNode> begins() {
        return begins;
    }

    /** The best evaluation so far in words; empty if there was none. */
    public String best() {
        String text = "";
        for (JsonNode evaluation : evaluations) {
            if (evaluation.get("best").asBoolean()) {
                text =
                        String.format(
                                Locale.ROOT,
                                "best %s %.2f %% after iteration %d",
                                evaluation.get("measure").asText(),
                                100 * evaluation.get("score").asDouble(),
                                evaluation.get("iteration").asInt());
            }
        }
        return text;
    }

    /** Seconds of all iterations. */
    double seconds() {
        return steps.stream().mapToDouble(StepMeans::seconds).sum();
    }

    /** All iterations in at most so many means, each of about as many as the others. */
    List<StepMeans> steps(int most) {
        List<StepMeans> means = new ArrayList<>();
        int each = Math.max(1, (steps.size() + most - 1) / most);
        for (int from = 0; from < steps.size(); from += each) {
            means.add(
                    steps.subList(from, Math.min(from + each, steps.size())).stream()
                            .reduce(StepMeans::and)
                            .orElseThrow());
        }
        return means;
    }
}
