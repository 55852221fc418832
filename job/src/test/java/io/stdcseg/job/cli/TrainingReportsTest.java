// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.metric.Scores;
import io.stdcseg.testing.TestScores;
import io.stdcseg.training.Evaluation.SegmentationScores;
import io.stdcseg.training.TrainingListener.TrainingScore;
import io.stdcseg.training.TrainingListener.TrainingStep;
import io.stdcseg.training.loss.LossValues;
import io.stdcseg.training.recipe.RecipeReader;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainingReportsTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void saysIterationsLossScoreSpeedAndTimeLeft() {
        TrainingReports.Progress progress = progress(null);
        assertThat(progress.line()).isEqualTo("waiting for iteration 101 of 60000");

        nanos.set(6_000_000_000L);
        for (int i = 101; i <= 110; i++) {
            progress.stepped(step(i));
        }
        assertThat(progress.line())
                .isEqualTo("110 of 60000 iterations, loss 2.500, 96.0 pictures/s, 9:58:54 left");

        Scores scores = TestScores.of(0.5, 0.5, 0.5);
        progress.evaluated(
                new TrainingScore(110, new SegmentationScores(Map.of(0.5, scores)), true));
        assertThat(progress.line()).contains("loss 2.500, mIoU 50.0 %, 96.0 pictures/s");
    }

    @Test
    void noMoreTimeIsLeftThanTheRuleAllows() {
        TrainingReports.Progress progress = progress(2.0);

        nanos.set(30_000_000_000L);
        progress.stepped(step(101));

        assertThat(progress.line()).endsWith(", 1:30 left");
    }

    private TrainingReports.Progress progress(Double minutes) {
        StopRule rule =
                new StopRule(RecipeReader.read("cityscapes-stdc1"), null, minutes, nanos::get);
        return new TrainingReports.Progress(rule, 100, nanos::get);
    }

    private static TrainingStep step(int iteration) {
        return new TrainingStep(
                iteration, 0.01, new LossValues(Map.of("main", 2.0, "dice", 0.5)), 48, 0.5);
    }
}
