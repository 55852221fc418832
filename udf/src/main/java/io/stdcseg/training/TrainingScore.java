// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.metric.Scores;
import java.util.Map;

/**
 * One evaluation.
 *
 * @param iteration after which the weights were evaluated
 * @param scores by the factor that resized the pictures, in the recipe's order
 * @param best whether no earlier evaluation was as good
 */
public record TrainingScore(int iteration, Map<Double, Scores> scores, boolean best) {}
