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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSetTest {

    @TempDir Path folder;

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
    void idsOfLabelFilesByTrainId() throws IOException {
        byte[] cityscapes = LabelSet.of("cityscapes").idsByTrainId();
        assertThat(cityscapes).hasSize(256).startsWith(7, 8, 11).contains(33);
        assertThat(cityscapes[255]).isEqualTo((byte) 255);

        LabelSet several =
                read(
                        """
                        classes:
                          - {name: ground, id: [9, 4], color: [1, 2, 3]}
                          - {name: plant, id: 255, color: [4, 5, 6]}
                        """);
        assertThat(several.idsByTrainId()).startsWith(4, 255);
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
    void readsAFile() throws IOException {
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
    void aBrokenFileIsNamedInOneLine() throws IOException {
        Path file = folder.resolve("broken.yaml");
        Files.writeString(file, "classes: 3\n");

        assertThatThrownBy(() -> LabelSet.of(file.toString()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("broken.yaml: classes is 3; a List is needed")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aClassMayHaveSeveralIdsAnd255() throws IOException {
        LabelSet set =
                read(
                        """
                        classes:
                          - {name: ground, id: [0, 3], color: [1, 2, 3]}
                          - {name: plant, id: 255, color: [4, 5, 6]}
                        ignore: [9]
                        """);

        assertThat(set.trainId(0)).isZero();
        assertThat(set.trainId(3)).isZero();
        assertThat(set.trainId(255)).isEqualTo(1);
        assertThat(set.trainId(9)).isEqualTo(LabelSet.IGNORE);
    }

    @Test
    void coloursOfLabelFilesAreThoseListedElseTheClassesOwn() throws IOException {
        LabelSet set =
                read(
                        """
                        classes:
                          - {name: ground, color: [1, 2, 3], colors: [[0, 0, 9], [0, 0, 8]]}
                          - {name: plant, color: [4, 5, 6]}
                          - {name: left, color: [7, 7, 7]}
                          - {name: right, color: [7, 7, 7]}
                        ignore-colors: [[0, 0, 0]]
                        """);

        assertThat(set.trainIdOfColor(9)).isZero();
        assertThat(set.trainIdOfColor(8)).isZero();
        assertThat(set.trainIdOfColor(0x040506)).isEqualTo(1);
        assertThat(set.trainIdOfColor(0)).isEqualTo(LabelSet.IGNORE);
        assertThatThrownBy(() -> set.trainIdOfColor(0x010203))
                .hasMessageStartingWith("colour [1, 2, 3] is not in label set ")
                .hasMessageEndingWith("allowed are [[0, 0, 0], [0, 0, 8], [0, 0, 9], [4, 5, 6]]");
        assertThatThrownBy(() -> set.trainIdOfColor(0x070707)).hasMessageContaining("[7, 7, 7]");
    }

    @Test
    void camvidKnowsTheColoursOfItsThirtyTwoClasses() {
        LabelSet set = LabelSet.of("camvid");

        assertThat(set.trainIdOfColor(0x8000c0)).as("lane marking").isEqualTo(3);
        assertThat(set.trainIdOfColor(0x0000c0)).as("sidewalk").isEqualTo(4);
        assertThat(set.trainIdOfColor(0)).as("void").isEqualTo(LabelSet.IGNORE);
        // One more than the data set's, for the colour that pavement is shown in.
        assertThat(set.fileColors()).hasSize(33);
    }

    @Test
    void trainIdsOfCityscapesAreASetOfTheirOwn() {
        LabelSet set = LabelSet.of("cityscapes-trainids");

        assertThat(set.classes()).isEqualTo(LabelSet.of("cityscapes").classes());
        assertThat(set.holdsTrainIds()).isTrue();
        assertThat(LabelSet.of("cityscapes").holdsTrainIds()).isFalse();
        assertThat(LabelSet.of("cityscapes").withTrainIds().fileIds()).isEqualTo(set.fileIds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: a, id: 3}, {name: b, id: 3}      | id 3 is of class a and of class b; one is allowed
                    {name: a, id: 1}, {name: b}             | id 1 is of class a and of class b; one is allowed
                    {name: a, id: 7}                        | id 7 is of class a and ignored; one is allowed
                    {name: a, id: [1, 7]}                   | id 7 is of class a and ignored; one is allowed
                    {name: a, id: -1}                       | id -1 of class a is not in 0 to 255
                    {name: a, id: 300}                      | id 300 of class a is not in 0 to 255
                    {name: a, id: x}                        | id is x; a Integer is needed
                    {name: a, ids: 3}                       | key ids of a class is unknown; allowed are color, colors, id, name
                    {name: a, colors: [1, 2, 3]}            | colors is 1; a List is needed
                    {name: a, colors: [[0, 0, 300]]}        | colour part 300 of class a is not in 0 to 255
                    {name: a, colors: [[9, 9, 9]]}, {name: b, colors: [[9, 9, 9]]} | colour [9, 9, 9] is of class a and of class b; one is allowed
                    {name: a, colors: [[8, 8, 8]]}          | colour [8, 8, 8] is of class a and ignored; one is allowed
                    """)
    void contradictionsAreRefusedInOneLine(String classes, String message) {
        String yaml =
                "classes: ["
                        + classes.replace("{name", "{color: [1, 2, 3], name")
                        + "]\nignore: [7]\nignore-colors: [[8, 8, 8]]\n";

        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("label set ")
                .hasMessageEndingWith(": " + message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void unknownKeysAreRefused() {
        assertThatThrownBy(() -> read("classes: [{name: a, color: [1, 2, 3]}]\nignored: [255]\n"))
                .hasMessageEndingWith(
                        "key ignored of the file is unknown;"
                                + " allowed are classes, ignore, ignore-colors, name");
    }

    private LabelSet read(String yaml) throws IOException {
        return LabelSet.of(Files.writeString(folder.resolve("set.yaml"), yaml).toString());
    }
}
