// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelNaming;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.SharedData;
import io.stdcseg.training.augment.SegmentationAugmentation;
import io.stdcseg.training.data.DataLoader.BatchShape;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingDataTest {

    @TempDir Path data;

    @Test
    void findsFoldersOfImagesAndLabels() throws IOException {
        TestPictures.write(data.resolve("train"), "a", 1);
        TestPictures.write(data.resolve("val"), "b", 2);
        TestPictures.write(data.resolve("scenes"), "c", 3);
        TestPictures.write(data.resolve("more"), "d", 4);
        List<Path> extras = List.of(data.resolve("scenes"), data.resolve("more"));
        TrainingData found =
                TrainingData.of(
                        data, extras, List.of(), LabelSet.of("camvid"), DatasetLayout.USUAL);

        assertThat(found.training().size()).isEqualTo(1);
        assertThat(found.training().read(0).name()).isEqualTo("a.png");
        assertThat(found.validation().read(0).name()).isEqualTo("b.png");
        assertThat(found.extra().size()).isEqualTo(2);
        assertThat(found.extra().read(0).labels()).containsOnly(3);
        assertThat(found.extra().read(1).labels()).containsOnly(4);
    }

    @Test
    void findsCityscapesAsPublished() throws IOException {
        writeCityscapes("train", "aachen", 7);
        writeCityscapes("train", "zurich", 11);
        writeCityscapes("val", "munster", 26);
        TrainingData found =
                TrainingData.of(
                        data, List.of(), List.of(), LabelSet.of("cityscapes"), DatasetLayout.USUAL);

        assertThat(found.training().size()).isEqualTo(2);
        assertThat(found.training().read(0).labels()).containsOnly(0);
        assertThat(found.training().read(1).labels()).containsOnly(2);
        assertThat(found.validation().read(0).labels()).containsOnly(13);
        assertThat(found.extra().size()).isZero();
    }

    private void writeCityscapes(String split, String city, int id) throws IOException {
        Path temporary = data.resolve("temporary");
        String stem = city + "_000000_000019";
        TestPictures.write(temporary, "picture", 50);
        Path image = data.resolve("leftImg8bit").resolve(split).resolve(city);
        Files.createDirectories(image);
        Files.move(
                temporary.resolve("images/picture.png"), image.resolve(stem + "_leftImg8bit.png"));
        Path labels = data.resolve("gtFine").resolve(split).resolve(city);
        TestPictures.writeLabels(labels.resolve(stem + "_gtFine_labelIds.png"), 8, 6, id);
        TestPictures.writeLabels(labels.resolve(stem + "_gtFine_instanceIds.png"), 8, 6, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "images/*, labels/*, ''",
        "images/*, annotations/*, ''",
        "images/*, masks/*, _mask",
        "img_dir/*, ann_dir/*, ''",
        "*/images, */masks, ''",
        "*, *annot, _L"
    })
    void findsWhatIsUsual(String images, String labels, String suffix) throws IOException {
        for (String split : List.of("train", "val")) {
            TestPictures.write(data.resolve("temporary"), "a", 5);
            move("temporary/images/a.png", images.replace("*", split) + "/a.png");
            move("temporary/labels/a.png", labels.replace("*", split) + "/a" + suffix + ".png");
        }

        TrainingData found = usual();

        assertThat(found.training().read(0).labels()).containsOnly(5);
        assertThat(found.validation().size()).isEqualTo(1);
        assertThat(found.layout()).isEqualTo((images + " with " + labels).replace("*", "train"));
    }

    @Test
    void takesWhatIsSaid() throws IOException {
        TestPictures.write(data.resolve("temporary"), "a", 5);
        move("temporary/images/a.png", "all/a_rgb.png");
        move("temporary/labels/a.png", "all/a_seg.png");
        TestPictures.write(data.resolve("temporary"), "b", 6);
        move("temporary/images/b.png", "all/b_rgb.png");
        move("temporary/labels/b.png", "all/b_seg.png");
        Files.writeString(data.resolve("val.txt"), "# judged by\nb_rgb\n\n");
        DatasetLayout layout =
                new DatasetLayout(
                        new DatasetLayout.Split("all", "all", null),
                        new DatasetLayout.Split("all", "all", "val.txt"),
                        new LabelNaming("_rgb", "_seg"));

        TrainingData found =
                TrainingData.of(data, List.of(), List.of(), LabelSet.of("camvid"), layout);

        assertThat(found.training().size()).isEqualTo(2);
        assertThat(found.validation().size()).isEqualTo(1);
        assertThat(found.validation().read(0).name()).isEqualTo("b_rgb.png");
        assertThat(found.validation().read(0).labels()).containsOnly(6);
    }

    @Test
    void listsNamePicturesWithTheirLabels() throws IOException {
        TestPictures.write(data.resolve("temporary"), "a", 5);
        move("temporary/images/a.png", "x/one.png");
        move("temporary/labels/a.png", "y/other.png");
        Path list = Files.writeString(data.resolve("list.txt"), "x/one.png\ty/other.png\n");
        DatasetLayout.Split split = new DatasetLayout.Split(null, null, "list.txt");
        DatasetLayout layout = new DatasetLayout(split, split, LabelNaming.USUAL);

        TrainingData found =
                TrainingData.of(data, List.of(), List.of(), LabelSet.of("camvid"), layout);
        assertThat(found.training().read(0).labels()).containsOnly(5);
        assertThat(found.layout()).isEqualTo("list.txt of . with .");

        Files.writeString(list, "x/one.png y/none.png\n");
        assertThatThrownBy(
                        () ->
                                TrainingData.of(
                                        data, List.of(), List.of(), LabelSet.of("camvid"), layout))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "list "
                                + list
                                + ", line 1: "
                                + data.resolve("y/none.png")
                                + " does not exist");
    }

    @Test
    void labelsThatAreAllIgnoredAreRefused() throws IOException {
        TestPictures.write(data.resolve("train"), "a", 1);
        TestPictures.writeLabels(data.resolve("train/labels/a.png"), 8, 6, 11);
        TestPictures.write(data.resolve("val"), "b", 3);
        TrainingData found = usual();

        found.validation().requireClasses();
        assertThatThrownBy(found.training()::requireClasses)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("labels of all 1 pictures, such as ")
                .hasMessageContaining("are ignored everywhere");
    }

    private TrainingData usual() {
        return TrainingData.of(
                data, List.of(), List.of(), LabelSet.of("camvid"), DatasetLayout.USUAL);
    }

    private void move(String from, String to) throws IOException {
        Path target = data.resolve(to);
        Files.createDirectories(target.getParent());
        Files.move(data.resolve(from), target);
    }

    @Test
    void anotherLayoutIsRefused() throws IOException {
        assertThatThrownBy(this::usual)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "data "
                                + data
                                + " has no folders of train pictures and labels; allowed are"
                                + " train/images with train/labels, leftImg8bit/train with"
                                + " gtFine/train, ")
                .hasMessageEndingWith(", or what a recipe says under data");
        TestPictures.write(data.resolve("train"), "a", 1);
        assertThatThrownBy(this::usual).hasMessageContaining("no folders of val pictures");
    }

    @Test
    void loadsCamvid() throws InterruptedException {
        Path camvid = SharedData.require("camvid");
        LabelSet labelSet = LabelSet.of("camvid");
        TrainingData found =
                TrainingData.of(camvid, List.of(), List.of(), labelSet, DatasetLayout.USUAL);

        assertThat(found.training().size()).isEqualTo(367);
        assertThat(found.validation().size()).isEqualTo(101);
        assertThat(Arrays.stream(ClassFrequencies.of(found.training(), labelSet.size())))
                .allMatch(share -> share > 0.001 && share < 0.4);
        SegmentationAugmentation augmentation =
                new SegmentationAugmentation(320, 320, List.of(0.5, 2.0), true, 0.5, 0.5, 0.5);
        AugmentedDataset dataset = new AugmentedSegmentationDataset(found.training(), augmentation);
        BatchShape shape = new BatchShape(8, 320, 320, 320 * 320);
        try (DataLoader loader =
                new DataLoader(new DataMix(dataset, AugmentedDataset.EMPTY, 0), shape, 1, 0, 2)) {
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
