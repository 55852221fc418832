// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrialsTest {

    @TempDir private Path folder;

    @Test
    void whereNothingCanBeTriedAllMayBeUsedAndSinglePrecisionIsTheFirst() throws IOException {
        // A folder in the place of the file that other processes lock.
        Files.createDirectories(folder.resolve("verdicts.lock"));
        Trials trials = new Trials(new VerdictCache(folder.resolve("verdicts")), Duration.ZERO);
        Candidate int8 = new Candidate(new OddEngine.Right(), Precision.INT8, "cpu");
        Candidate fp32 = new Candidate(new OddEngine.Right(), Precision.FP32, "cpu");

        Map<Candidate, Verdict> verdicts = trials.judge(List.of(int8, fp32));

        assertThat(verdicts.values()).allMatch(Verdict::passed);
        assertThat(verdicts.get(fp32).millis()).isLessThan(verdicts.get(int8).millis());
    }
}
