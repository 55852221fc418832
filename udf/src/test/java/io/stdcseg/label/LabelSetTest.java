// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelSetTest {

    @Test
    void camvidHasElevenClassesAndIgnoresVoid() {
        LabelSet set = LabelSet.of("camvid");

        assertThat(set.size()).isEqualTo(11);
        assertThat(set.names()).startsWith("sky", "building", "pole", "road").endsWith("bicyclist");
        assertThat(set.trainId(8)).isEqualTo(8);
        assertThat(set.trainId(11)).isEqualTo(LabelSet.IGNORE);
        assertThat(set.trainId(255)).isEqualTo(LabelSet.IGNORE);
    }

    @Test
    void cityscapesTranslatesLabelIds() {
        LabelSet set = LabelSet.of("cityscapes");

        assertThat(set.size()).isEqualTo(19);
        assertThat(set.trainId(7)).isZero();
        assertThat(set.trainId(33)).isEqualTo(18);
        assertThat(set.trainId(3)).isEqualTo(LabelSet.IGNORE);
    }

    @Test
    void sizeFindsTheBuiltInSetOrNumbersClasses() {
        assertThat(LabelSet.ofSize(19).name()).isEqualTo("cityscapes");
        assertThat(LabelSet.ofSize(5).names())
                .containsExactly("class0", "class1", "class2", "class3", "class4");
    }

    @Test
    void anUnlistedIdIsRefusedWithWhatIsAllowed() {
        assertThatThrownBy(() -> LabelSet.of("camvid").trainId(37))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("id 37 is not in label set camvid; allowed are [0, 1, 2");
    }

    @Test
    void readsAFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("factory.yaml");
        Files.writeString(
                file,
                "classes:\n"
                        + "  - {name: belt, color: [1, 2, 3]}\n"
                        + "  - {name: box, id: 40, color: [4, 5, 6]}\n"
                        + "ignore: [9]\n");

        LabelSet set = LabelSet.of(file.toString());

        assertThat(set.names()).containsExactly("belt", "box");
        assertThat(set.trainId(40)).isEqualTo(1);
        assertThat(set.trainId(9)).isEqualTo(LabelSet.IGNORE);
    }

    @Test
    void aBrokenFileIsNamedInOneLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("broken.yaml");
        Files.writeString(file, "classes: 3\n");

        assertThatThrownBy(() -> LabelSet.of(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("broken.yaml: classes is 3; a List is needed")
                .hasMessageNotContaining("\n");
    }
}
