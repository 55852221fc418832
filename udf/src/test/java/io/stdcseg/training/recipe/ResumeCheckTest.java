// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.recipe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class ResumeCheckTest {

    private static final String BEFORE =
            """
            seed: 1
            loss:
              threshold: 0.7
              details: [8]
            schedule:
              iterations: 6
              fall: cosine
            """;

    @Test
    void howItIsWrittenDoesNotMatter() {
        String now =
                """
                # another name
                schedule: {fall: cosine, iterations: 6.0}
                loss: {details: [8], threshold: 7e-1}
                seed: 1
                """;

        assertThatCode(() -> check(now, 3)).doesNotThrowAnyException();
    }

    @Test
    void theFirstDifferenceIsNamed() {
        refused(BEFORE.replace("0.7", "0.5"), 6)
                .hasMessage(
                        "--resume with recipe tiny: it says 'loss.threshold: 0.5', the training in"
                                + " out began with 'loss.threshold: 0.7'; only the same recipe is"
                                + " allowed");
        refused(BEFORE + "average: 0\n", 6)
                .hasMessageContaining("it says 'average: 0', ")
                .hasMessageContaining("began with nothing of average;");
        refused(BEFORE.replace("seed: 1\n", ""), 6)
                .hasMessageContaining("it says nothing of seed, ")
                .hasMessageContaining("began with 'seed: 1';");
    }

    @Test
    void aFinishedTrainingTakesALongerSchedule() {
        String longer = BEFORE.replace("6", "9").replace("cosine", "poly\n  power: 0.9");
        String shorter = BEFORE.replace("6", "5");

        assertThatCode(() -> check(longer, 6)).doesNotThrowAnyException();
        refused(longer, 5)
                .hasMessageContaining("it says 'schedule.iterations: 9', ")
                .hasMessageEndingWith(
                        "another schedule is allowed when this one is done, and must be longer");
        refused(shorter, 6).hasMessageContaining("it says 'schedule.iterations: 5', ");
    }

    @Test
    void whatCouldNotBeVariedThenIsNotVaried() {
        assertThatCode(() -> check(BEFORE + "variation:\n  h264: 0\n", 3))
                .doesNotThrowAnyException();
        refused(BEFORE + "variation:\n  h264: 0.5\n", 3)
                .hasMessageContaining("it says 'variation.h264: 0.5', ")
                .hasMessageContaining("began with nothing of variation.h264;");
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            String now, int iteration) {
        return assertThatThrownBy(() -> check(now, iteration)).isInstanceOf(InputException.class);
    }

    private static void check(String now, int iteration) {
        new ResumeCheck(BEFORE, now).check("tiny", "out", iteration);
    }
}
