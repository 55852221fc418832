// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.Engine;
import io.stdcseg.engine.choice.Verdict.Outcome;
import io.stdcseg.network.Precision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real processes, really ended. */
class TrialProcessTest {

    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void whoEndsItsProcessIsJudgedByItAndTheOthersGoOn() throws IOException {
        Candidate crashing = candidate(new OddEngine.Crashing());
        Candidate wrong = candidate(new OddEngine.Wrong());
        Candidate ending = candidate(new OddEngine.Ending());
        Candidate unable = candidate(new OddEngine.Unable());
        Candidate right = candidate(new OddEngine.Right());

        Map<Candidate, Verdict> verdicts =
                TrialProcess.judge(List.of(crashing, wrong, ending, unable, right), LONG);

        assertThat(verdicts).containsOnlyKeys(crashing, wrong, ending, unable, right);
        assertThat(verdicts.get(crashing))
                .isEqualTo(Verdict.failed(Outcome.CRASHED, "ended its process by SIGSEGV"));
        assertThat(verdicts.get(wrong).outcome()).isEqualTo(Outcome.WRONG);
        assertThat(verdicts.get(wrong).reason()).matches("gets [0-9.]+ % of the pixels right");
        assertThat(verdicts.get(ending))
                .isEqualTo(Verdict.failed(Outcome.CRASHED, "ended its process with exit code 3"));
        assertThat(verdicts.get(unable))
                .isEqualTo(Verdict.failed(Outcome.UNABLE, "says it lacks an instruction"));
        assertThat(verdicts.get(right).passed()).isTrue();
        assertThat(verdicts.get(right).agreement()).isEqualTo(1);
        assertThat(verdicts.get(right).millis()).isPositive();
    }

    @Test
    void whoDoesNotAnswerIsEnded() throws IOException {
        Candidate hanging = candidate(new OddEngine.Hanging());

        Map<Candidate, Verdict> verdicts =
                TrialProcess.judge(List.of(hanging), Duration.ofSeconds(3));

        assertThat(verdicts.get(hanging))
                .isEqualTo(Verdict.failed(Outcome.HUNG, "gave no answer within 3 s"));
    }

    /** What this build runs on computes here: a machine without one is told so by this test. */
    @Test
    void theEnginesOfThisBuildComputeInSinglePrecision() throws IOException {
        List<Candidate> candidates =
                Stream.of("pytorch", "onnxruntime", "eager")
                        .map(name -> candidate(Engines.named(name)))
                        .toList();

        assertThat(TrialProcess.judge(candidates, LONG).values())
                .allSatisfy(verdict -> assertThat(verdict.outcome()).isEqualTo(Outcome.PASSED));
    }

    private static Candidate candidate(Engine engine) {
        return new Candidate(engine, Precision.FP32, "cpu");
    }
}
