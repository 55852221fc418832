// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.frame.FrameQuality;

/**
 * How much a frame is worth a look, and why.
 *
 * @param value from 0, nothing to see, to 1
 */
record Worth(double value, Reason reason) {

    /** Why a frame is worth a look: the value of {@link FrameQuality} that is bad. */
    enum Reason {
        MIOU("miou"),
        TEMPORAL_CONSISTENCY("temporalConsistency"),
        STABILITY("stability"),
        UNCERTAIN_SHARE("uncertainShare");

        private final String key;

        Reason(String key) {
            this.key = key;
        }

        /** As files name the value. */
        String key() {
            return key;
        }
    }

    /**
     * Masks differ by the motion between two pictures, too: where that is not known, as before key
     * pictures, half of what differs counts.
     */
    private static final double WITHOUT_MOTION = 0.5;

    /**
     * Few pixels are ever uncertain: a fifth of them counts as much as a mask that has nothing in
     * common with the one before.
     */
    private static final double UNCERTAIN = 5;

    /**
     * Of a frame with a label what its mIoU lacks; of others what its agreement with the mask
     * before lacks, or five times its share of uncertain pixels, whichever is more.
     *
     * @return null if nothing is known of the frame
     */
    static Worth of(FrameQuality quality) {
        if (!Double.isNaN(quality.miou())) {
            return new Worth(1 - quality.miou(), Reason.MIOU);
        }
        Worth unsteady =
                Double.isNaN(quality.temporalConsistency())
                        ? known(WITHOUT_MOTION * (1 - quality.stability()), Reason.STABILITY)
                        : new Worth(1 - quality.temporalConsistency(), Reason.TEMPORAL_CONSISTENCY);
        Worth uncertain =
                known(Math.min(1, UNCERTAIN * quality.uncertainShare()), Reason.UNCERTAIN_SHARE);
        if (unsteady == null || uncertain == null) {
            return unsteady == null ? uncertain : unsteady;
        }
        return uncertain.value > unsteady.value ? uncertain : unsteady;
    }

    private static Worth known(double value, Reason reason) {
        return Double.isNaN(value) ? null : new Worth(value, reason);
    }
}
