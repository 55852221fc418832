// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.LogCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelChoiceTest {

    @TempDir private Path set;

    @BeforeEach
    void addPicturesWithLabels() throws IOException {
        for (String name : List.of("0001TP_006690", "0016E5_00390")) {
            touch("train/images/" + name + ".png");
            touch("train/labels/" + name + ".png");
        }
        touch("mine/0001TP_006690.png");
    }

    @Test
    void labelsOfAKnownSetAreTakenWhereItsClassesAreMeant() {
        assertThat(choose(null, "camvid").hasLabels()).isTrue();
    }

    @Test
    void labelsOfOtherClassesAreLeftAloneWhichIsSaidOnce() {
        try (LogCapture log = new LogCapture(LabelChoice.class)) {
            assertThat(choose(null, "cityscapes").hasLabels()).isFalse();

            assertThat(log.lines())
                    .containsExactly(
                            "labels "
                                    + set
                                    + "/train/labels are of camvid, the classes of cityscapes:"
                                    + " nothing is scored by them; --labels takes them as they"
                                    + " are");
        }
    }

    @Test
    void labelsThatAreGivenWin() {
        try (LogCapture log = new LogCapture(LabelChoice.class)) {
            assertThat(choose(set.resolve("mine").toString(), "cityscapes").hasLabels()).isTrue();

            assertThat(log.lines()).isEmpty();
        }
    }

    private LabelFolders choose(String given, String labelSet) {
        SourceSpec sources =
                SourceSpec.planRecordings(List.of(set.toString()), ReadOptions.defaults(), null);
        return LabelChoice.of(given, sources, LabelSet.of(labelSet));
    }

    private void touch(String relative) throws IOException {
        Path file = set.resolve(relative);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
