// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.training.Evaluation.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationPicturesTest {

    @TempDir private Path folder;

    @Test
    void keepsTheFirstTheLastAndSomeBetween() throws Exception {
        ValidationPictures pictures = ValidationPictures.open(file(), 0);
        for (int iteration = 10; iteration <= 1000; iteration += 10) {
            pictures.add(iteration, List.of(sample(iteration)));
            assertThat(iterations(pictures))
                    .hasSizeLessThanOrEqualTo(ValidationPictures.MOST_KEPT)
                    .startsWith(10)
                    .endsWith(iteration);
        }
        assertThat(iterations(pictures)).hasSizeGreaterThan(4);
        assertThat(Files.size(file())).isLessThan(20_000);
    }

    @Test
    void aTrainingThatGoesOnKeepsThemUpToThere() throws Exception {
        ValidationPictures pictures = ValidationPictures.open(file(), 0);
        for (int iteration : new int[] {10, 20, 30}) {
            pictures.add(iteration, List.of(sample(iteration)));
        }

        ValidationPictures on = ValidationPictures.open(file(), 20);

        assertThat(iterations(on)).containsExactly(10, 20);
        assertThat(on.toMap().get("pictures")).isEqualTo(pictures.toMap().get("pictures"));
        assertThat(iterations(ValidationPictures.open(file(), 0))).isEmpty();
    }

    /** 400x2 is shown as 192x1: half of it labelled 0, half not at all. */
    @Test
    void masksAreSmallAndInRuns() throws Exception {
        ValidationPictures pictures = ValidationPictures.open(file(), 0);
        pictures.add(5, List.of(sample(7)));

        Map<?, ?> picture = (Map<?, ?>) ((List<?>) pictures.toMap().get("pictures")).get(0);
        assertThat(picture.get("columns")).isEqualTo(192);
        assertThat(picture.get("rows")).isEqualTo(1);
        Map<?, ?> evaluation = (Map<?, ?>) ((List<?>) pictures.toMap().get("evaluations")).get(0);
        String mask = (String) ((List<?>) evaluation.get("masks")).get(0);
        assertThat(Base64.getDecoder().decode(mask)).containsExactly(7, 191);
        byte[] label = Base64.getDecoder().decode((String) picture.get("label"));
        assertThat(label).containsExactly(0, 95, 255, 95);
    }

    /** As those that an earlier version made of the same pictures. */
    @Test
    void masksOfAnotherSizeAreForgotten() throws Exception {
        ValidationPictures.open(file(), 0).add(5, List.of(sample(7)));
        String text = Files.readString(file());
        Files.writeString(file(), text.replace("\"columns\":192", "\"columns\":134"));

        ValidationPictures on = ValidationPictures.open(file(), 5);
        on.add(10, List.of(sample(7)));

        assertThat(iterations(on)).containsExactly(10);
    }

    @Test
    void whatHasNoPicturesHasNoFile() throws Exception {
        ValidationPictures pictures = ValidationPictures.open(file(), 0);
        pictures.add(5, List.of());
        assertThat(file()).doesNotExist();
    }

    private Path file() {
        return folder.resolve("validation.jsonl");
    }

    private static List<Integer> iterations(ValidationPictures pictures) {
        return ((List<?>) pictures.toMap().get("evaluations"))
                .stream().map(line -> (Integer) ((Map<?, ?>) line).get("iteration")).toList();
    }

    private static Sample sample(int id) {
        byte[] labels = new byte[800];
        Arrays.fill(labels, 200, 400, (byte) 255);
        Arrays.fill(labels, 600, 800, (byte) 255);
        byte[] mask = new byte[800];
        Arrays.fill(mask, (byte) id);
        return new Sample("a.png", 400, 2, new byte[2400], labels, mask);
    }
}
