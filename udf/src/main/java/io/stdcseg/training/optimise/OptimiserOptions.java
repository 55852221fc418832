// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import io.stdcseg.error.InputException;

/**
 * Options of an optimiser.
 *
 * @param method of turning gradients into steps
 * @param rate of learning after the warm-up
 * @param headFactor by which fusion and output heads learn faster; published: 10
 * @param momentum share of the last step that is kept; SGD only
 * @param weightDecay of convolution weights, not of norms
 * @param clip largest Euclidean norm of all gradients together, to which longer ones are scaled; 0
 *     = never, as published
 * @param backboneNorms whether scales and shifts of the backbone's norms learn; published: no
 */
public record OptimiserOptions(
        Method method,
        double rate,
        double headFactor,
        double momentum,
        double weightDecay,
        double clip,
        boolean backboneNorms) {

    public OptimiserOptions {
        InputException.unless(
                rate > 0 && Double.isFinite(rate), "optimiser.rate", rate, "a number above 0");
        InputException.unless(
                headFactor > 0 && headFactor <= 100,
                "optimiser.head-factor",
                headFactor,
                "above 0, at most 100,");
        InputException.unless(
                momentum >= 0 && momentum < 1, "optimiser.momentum", momentum, "0 to below 1");
        InputException.unless(
                weightDecay >= 0 && weightDecay < 1,
                "optimiser.weight-decay",
                weightDecay,
                "0 to below 1");
        InputException.unless(
                clip >= 0 && Double.isFinite(clip), "optimiser.clip", clip, "0 or more");
    }

    /** Method by which gradients become steps. */
    public enum Method {
        /** Gradient descent with momentum, as published. */
        SGD,
        /** Adam with decoupled weight decay; moments decay by 0.9 and 0.999. */
        ADAMW
    }
}
