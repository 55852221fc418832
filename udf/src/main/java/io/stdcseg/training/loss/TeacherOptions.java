// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import io.stdcseg.error.InputException;

/**
 * Options of learning from a teacher: a network that is done learning, and whose scores say more of
 * a pixel than its class.
 *
 * @param weights file of the teacher's weights, of the same classes
 * @param temperature that scores are divided by, so that classes that are less likely count
 * @param share of the loss that the teacher's scores are, 0 to 1; the rest is that of the labels
 * @param unlabelledShare share of the pictures that come from folders without labels, 0 to 1,
 *     exclusive
 * @param sure of pixels without a label those count of which the teacher gives one class at least
 *     this probability
 */
public record TeacherOptions(
        String weights, double temperature, double share, double unlabelledShare, double sure) {

    private static final double HIGHEST = 100;

    public TeacherOptions {
        InputException.unless(
                temperature >= 1 && temperature <= HIGHEST,
                "teacher.temperature",
                temperature,
                "1 to 100");
        InputException.unless(
                share > 0 && share <= 1, "teacher.share", share, "above 0, at most 1,");
        InputException.unless(
                unlabelledShare >= 0 && unlabelledShare < 1,
                "teacher.unlabelled-share",
                unlabelledShare,
                "0 to below 1");
        InputException.unless(sure >= 0 && sure <= 1, "teacher.sure", sure, "0 to 1");
    }
}
