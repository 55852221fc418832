// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.Set;

/**
 * Options of the segmentation loss.
 *
 * @param threshold of OHEM: pixels whose class has a probability below it count, 0 to 1
 * @param hardShare but at least this share of all pixels of a batch, 0 to 1; published: 1/16
 * @param classWeights how much the pixels of each class count
 * @param overlap weight of the soft IoU loss beside the cross entropy, at the main head; 0 = not at
 *     all, as published
 * @param details sizes at which boundaries are learnt, as fractions of the picture's: of 2, 4, 8;
 *     published: 8. Empty = no detail guidance
 * @param detailTarget where boundaries are
 */
public record LossOptions(
        double threshold,
        double hardShare,
        ClassWeights classWeights,
        double overlap,
        List<Integer> details,
        DetailRule detailTarget) {

    private static final Set<Integer> SIZES = Set.of(2, 4, 8);
    private static final double LARGEST_OVERLAP = 100;

    public LossOptions {
        details = List.copyOf(details);
        InputException.unless(
                threshold >= 0 && threshold <= 1, "loss.threshold", threshold, "0 to 1");
        InputException.unless(
                hardShare >= 0 && hardShare <= 1, "loss.hard-share", hardShare, "0 to 1");
        InputException.unless(
                threshold > 0 || hardShare > 0,
                "loss.hard-share",
                hardShare,
                "more than 0 with loss.threshold 0, else no pixel counts,");
        InputException.unless(
                overlap >= 0 && overlap <= LARGEST_OVERLAP, "loss.overlap", overlap, "0 to 100");
        InputException.unless(
                SIZES.containsAll(details) && Set.copyOf(details).size() == details.size(),
                "loss.details",
                details,
                "a list of 2, 4 and 8, each once,");
    }

    /** Rule by which the detail target finds boundaries. */
    public enum DetailRule {
        /** Between classes only: neither the picture's border nor that of ignored pixels counts. */
        CORRECTED,
        /**
         * As the published code has it: ignored pixels are a class, and zeros surround the picture.
         */
        PUBLISHED
    }
}
