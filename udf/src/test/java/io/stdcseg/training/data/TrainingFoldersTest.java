// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingFoldersTest {

    @TempDir Path data;

    @Test
    void findsFoldersOfImagesAndLabels() throws IOException {
        TestPictures.write(data.resolve("train"), "a", 1);
        TestPictures.write(data.resolve("val"), "b", 2);
        TestPictures.write(data.resolve("scenes"), "c", 3);
        TestPictures.write(data.resolve("more"), "d", 4);
        List<Path> extras = List.of(data.resolve("scenes"), data.resolve("more"));
        TrainingFolders folders = TrainingFolders.of(data, extras, LabelSet.of("camvid"));

        assertThat(folders.training().size()).isEqualTo(1);
        assertThat(folders.training().read(0).name()).isEqualTo("a.png");
        assertThat(folders.validation().read(0).name()).isEqualTo("b.png");
        assertThat(folders.extra().size()).isEqualTo(2);
        assertThat(folders.extra().read(0).labels()).containsOnly(3);
        assertThat(folders.extra().read(1).labels()).containsOnly(4);
    }

    @Test
    void findsCityscapesAsPublished() throws IOException {
        writeCityscapes("train", "aachen", 7);
        writeCityscapes("train", "zurich", 11);
        writeCityscapes("val", "munster", 26);
        TrainingFolders folders = TrainingFolders.of(data, List.of(), LabelSet.of("cityscapes"));

        assertThat(folders.training().size()).isEqualTo(2);
        assertThat(folders.training().read(0).labels()).containsOnly(0);
        assertThat(folders.training().read(1).labels()).containsOnly(2);
        assertThat(folders.validation().read(0).labels()).containsOnly(13);
        assertThat(folders.extra().size()).isZero();
    }

    private void writeCityscapes(String part, String city, int id) throws IOException {
        Path temporary = data.resolve("temporary");
        String stem = city + "_000000_000019";
        TestPictures.write(temporary, "picture", 50);
        Path image = data.resolve("leftImg8bit").resolve(part).resolve(city);
        Files.createDirectories(image);
        Files.move(
                temporary.resolve("images/picture.png"), image.resolve(stem + "_leftImg8bit.png"));
        Path labels = data.resolve("gtFine").resolve(part).resolve(city);
        TestPictures.writeLabels(labels.resolve(stem + "_gtFine_labelIds.png"), 8, 6, id);
        TestPictures.writeLabels(labels.resolve(stem + "_gtFine_instanceIds.png"), 8, 6, 1);
    }

    @Test
    void anotherLayoutIsRefused() throws IOException {
        assertThatThrownBy(() -> TrainingFolders.of(data, List.of(), LabelSet.of("camvid")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "data "
                                + data
                                + " holds neither train/images nor leftImg8bit/train; one of the"
                                + " two is needed");
        TestPictures.write(data.resolve("train"), "a", 1);
        assertThatThrownBy(() -> TrainingFolders.of(data, List.of(), LabelSet.of("camvid")))
                .hasMessageContaining("holds neither val/images nor");
    }

    @Test
    void loadsCamvid() throws InterruptedException {
        Path camvid = SharedData.require("camvid");
        LabelSet labelSet = LabelSet.of("camvid");
        TrainingFolders folders = TrainingFolders.of(camvid, List.of(), labelSet);

        assertThat(folders.training().size()).isEqualTo(367);
        assertThat(folders.validation().size()).isEqualTo(101);
        assertThat(Arrays.stream(ClassShares.of(folders.training(), labelSet.size())))
                .allMatch(share -> share > 0.001 && share < 0.4);
        Augmentation augmentation =
                new Augmentation(320, 320, List.of(0.5, 2.0), true, 0.5, 0.5, 0.5);
        Examples examples = new SegmentationExamples(folders.training(), augmentation);
        BatchSize size = new BatchSize(8, 320, 320, 320 * 320);
        try (BatchLoader loader = new BatchLoader(examples, Examples.NONE, size, 0, 1, 0, 2)) {
            for (int i = 0; i < 5; i++) {
                TrainingBatch batch = loader.next();
                assertThat(batch.pictures()).isEqualTo(8);
                assertThat(ids(batch.labels())).allMatch(id -> id < labelSet.size() || id == 255);
            }
        }
    }

    private static Set<Integer> ids(ByteBuffer labels) {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < labels.capacity(); i++) {
            ids.add(labels.get(i) & 0xff);
        }
        return ids;
    }
}
