// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.training.recipe.Recipe;
import io.stdcseg.training.recipe.RecipeReader;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StopRuleTest {

    private static final Recipe RECIPE = RecipeReader.read("cityscapes-stdc1");

    private final AtomicLong nanos = new AtomicLong(-7);

    @Test
    void stopsAtTheEndOfTheSchedule() {
        StopRule rule = rule(null, null);

        assertThat(rule.last()).isEqualTo(60_000);
        assertThat(rule.isReached(59_999)).isFalse();
        assertThat(rule.isReached(60_000)).isTrue();
    }

    @Test
    void stopsAtAnIteration() {
        StopRule rule = rule(30, null);

        assertThat(rule.isReached(29)).isFalse();
        assertThat(rule.isReached(30)).isTrue();
        assertThat(rule.isReached(31)).isTrue();
    }

    @Test
    void stopsWhenTheTimeIsOver() {
        StopRule rule = rule(null, 1.5);

        nanos.addAndGet(89_000_000_000L);
        assertThat(rule.isReached(1)).isFalse();
        assertThat(rule.secondsLeft()).isEqualTo(1);

        nanos.addAndGet(1_000_000_000L);
        assertThat(rule.isReached(1)).isTrue();
    }

    @Test
    void stopsWhenAsked() {
        StopRule rule = rule(null, null);

        rule.stop();

        assertThat(rule.isReached(1)).isTrue();
    }

    @Test
    void moreIterationsThanTheScheduleHasAreRefused() {
        assertThatThrownBy(() -> rule(60_001, null))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--iterations is 60001; 1 to the 60000 of recipe cityscapes-stdc1 is"
                                + " allowed");
    }

    private StopRule rule(Integer iterations, Double minutes) {
        return new StopRule(RECIPE, iterations, minutes, nanos::get);
    }
}
