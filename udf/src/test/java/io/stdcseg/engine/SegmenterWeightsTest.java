// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.InputScale;
import org.junit.jupiter.api.Test;

class SegmenterWeightsTest {

    @Test
    void resolvedSaysWhatTheWeightsSay() {
        SegmenterOptions resolved = SegmenterWeights.resolve(SegmenterOptions.DEFAULTS);

        assertThat(resolved.labels().name()).isEqualTo("camvid");
        assertThat(resolved.scale()).isEqualTo(InputScale.toHeight(360));
        assertThat(SegmenterWeights.resolve(resolved)).isEqualTo(resolved);
    }
}
