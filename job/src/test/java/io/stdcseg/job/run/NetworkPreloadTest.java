// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.stdcseg.engine.SegmenterOptions;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;

class NetworkPreloadTest {

    @Test
    void leavesItToTheTaskToSayWhatIsWrong() {
        SegmenterOptions options = SegmenterOptions.DEFAULTS.withWeights("no such file");

        assertThatCode(() -> NetworkPreload.begin(new JobID(), options).close())
                .doesNotThrowAnyException();
    }
}
