// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.function.segment.Shadow;
import io.stdcseg.job.options.SegmentSettings;

/** Choice of the network that {@code --shadow} holds against the first one. */
final class ShadowChoice {

    private ShadowChoice() {}

    /**
     * Chooses; it may be of another model than the first one.
     *
     * @param segmenter the first network
     * @return null if there is to be none
     * @throws InputException if its weights cannot be used, or are of other classes
     */
    static Shadow of(SegmentSettings settings, SegmenterOptions segmenter) {
        if (settings.shadow() == null) {
            return null;
        }
        SegmenterOptions second =
                SegmenterWeights.resolve(
                        settings.segmenter().withModel(null).withWeights(settings.shadow()));
        if (!second.labels().names().equals(segmenter.labels().names())) {
            throw new InputException(
                    "--shadow "
                            + settings.shadow()
                            + " has the classes of "
                            + second.labels().name()
                            + ", the job those of "
                            + segmenter.labels().name()
                            + "; weights of the same classes are allowed");
        }
        return new Shadow(second, settings.shadowEvery());
    }
}
