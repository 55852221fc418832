// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.training.loss.LossValues;

/**
 * One iteration that is done.
 *
 * @param iteration counted from 1
 * @param rate of learning that was used, before any factor of a head
 * @param losses of its batch
 * @param pictures in its batch
 * @param seconds since the step before, evaluations left out
 */
public record TrainingStep(
        int iteration, double rate, LossValues losses, int pictures, double seconds) {}
