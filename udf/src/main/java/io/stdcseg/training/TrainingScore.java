// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

/**
 * One evaluation.
 *
 * @param iteration after which the weights were evaluated
 * @param evaluation how good they are
 * @param best whether no earlier evaluation was as good
 */
public record TrainingScore(int iteration, Evaluation evaluation, boolean best) {}
