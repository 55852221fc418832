// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.output.frames.Worth.Reason;
import org.junit.jupiter.api.Test;

class WorthTest {

    private static final double UNKNOWN = Double.NaN;

    @Test
    void aLabelSaysMoreThanAllElse() {
        assertThat(Worth.of(KeptFrames.quality(0.75, 0.1, 0.2, 0.9)))
                .isEqualTo(new Worth(0.25, Reason.MIOU));
    }

    @Test
    void withoutOneItIsWhatChangedOrIsUncertain() {
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, 0.5, 0.75, UNKNOWN)))
                .isEqualTo(new Worth(0.25, Reason.TEMPORAL_CONSISTENCY));
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, 0.5, 0.75, 0.0625)))
                .isEqualTo(new Worth(0.3125, Reason.UNCERTAIN_SHARE));
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, 0.5, 0.75, 0.03125)))
                .isEqualTo(new Worth(0.25, Reason.TEMPORAL_CONSISTENCY));
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, 0.5, 0.75, 0.3)))
                .isEqualTo(new Worth(1, Reason.UNCERTAIN_SHARE));
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, UNKNOWN, UNKNOWN, 0)))
                .isEqualTo(new Worth(0, Reason.UNCERTAIN_SHARE));
    }

    /** Else key pictures, before which motion is not known, would always be the worst. */
    @Test
    void whatMayBeMotionCountsHalf() {
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, 0.5, UNKNOWN, UNKNOWN)))
                .isEqualTo(new Worth(0.25, Reason.STABILITY));
    }

    @Test
    void ofSomeFramesNothingIsKnown() {
        assertThat(Worth.of(KeptFrames.quality(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN))).isNull();
    }
}
