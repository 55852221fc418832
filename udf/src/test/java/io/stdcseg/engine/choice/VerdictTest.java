// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.choice.Verdict.Outcome;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void aLineHoldsAllOfIt() {
        Verdict passed = Verdict.passed(0.98765, 12.345);
        Verdict failed = Verdict.failed(Outcome.CRASHED, "ended its process by SIGFPE");

        assertThat(Verdict.parse(passed.text())).contains(passed);
        assertThat(Verdict.parse(failed.text())).contains(failed);
        assertThat(Verdict.failed(Outcome.UNABLE, "two\n lines ").text())
                .isEqualTo("UNABLE 0.00000 0.000 two lines");
    }

    @Test
    void ofATraceTheCauseIsSaid() {
        String trace =
                """
                The following operation failed in the TorchScript interpreter.
                Traceback of TorchScript (most recent call last):
                  File "code/__torch__.py", line 24, in scores
                    v2 = ops.mkldnn._convolution_pointwise(v1)
                         ~~~~~~~~~ <--- HERE
                RuntimeError: bf16 path needs avx512bw
                """;

        Verdict verdict = Verdict.unable(new IllegalStateException(trace));

        assertThat(Verdict.parse(verdict.text()).orElseThrow().reason())
                .isEqualTo("says bf16 path needs avx512bw");
        assertThat(Verdict.unable(new IllegalStateException("no room")).reason())
                .isEqualTo("says no room");
    }

    @Test
    void whatIsNoneIsNone() {
        assertThat(Verdict.parse("")).isEmpty();
        assertThat(Verdict.parse("PASSED 1")).isEmpty();
        assertThat(Verdict.parse("GUESSED 1 2 x")).isEmpty();
        assertThat(Verdict.parse("PASSED 1.2.3 4 x")).isEmpty();
    }

    @Test
    void onlyWhatIsUnheardOfAlarms() {
        assertThat(Verdict.passed(1, 1).alarming()).isFalse();
        assertThat(Verdict.failed(Outcome.UNABLE, "").alarming()).isFalse();
        assertThat(Verdict.failed(Outcome.CRASHED, "").alarming()).isTrue();
        assertThat(Verdict.failed(Outcome.HUNG, "").alarming()).isTrue();
        assertThat(Verdict.failed(Outcome.WRONG, "").alarming()).isTrue();
    }
}
