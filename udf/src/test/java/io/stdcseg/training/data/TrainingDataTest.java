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
import io.stdcseg.training.data.BatchSampler.BatchSize;
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
        TrainingData folders =
                TrainingData.of(data, extras, LabelSet.of("camvid"), DatasetLayout.USUAL);

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
        TrainingData folders =
                TrainingData.of(data, List.of(), LabelSet.of("cityscapes"), DatasetLayout.USUAL);

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
        for (String part : List.of("train", "val")) {
            TestPictures.write(data.resolve("temporary"), "a", 5);
            move("temporary/images/a.png", images.replace("*", part) + "/a.png");
            move("temporary/labels/a.png", labels.replace("*", part) + "/a" + suffix + ".png");
        }

        TrainingData folders = usual();

        assertThat(folders.training().read(0).labels()).containsOnly(5);
        assertThat(folders.validation().size()).isEqualTo(1);
        assertThat(folders.layout()).isEqualTo((images + " with " + labels).replace("*", "train"));
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
                        new DatasetLayout.Part("all", "all", null),
                        new DatasetLayout.Part("all", "all", "val.txt"),
                        new LabelNaming("_rgb", "_seg"));

        TrainingData folders = TrainingData.of(data, List.of(), LabelSet.of("camvid"), layout);

        assertThat(folders.training().size()).isEqualTo(2);
        assertThat(folders.validation().size()).isEqualTo(1);
        assertThat(folders.validation().read(0).name()).isEqualTo("b_rgb.png");
        assertThat(folders.validation().read(0).labels()).containsOnly(6);
    }

    @Test
    void listsNamePicturesWithTheirLabels() throws IOException {
        TestPictures.write(data.resolve("temporary"), "a", 5);
        move("temporary/images/a.png", "x/one.png");
        move("temporary/labels/a.png", "y/other.png");
        Path list = Files.writeString(data.resolve("list.txt"), "x/one.png\ty/other.png\n");
        DatasetLayout.Part part = new DatasetLayout.Part(null, null, "list.txt");
        DatasetLayout layout = new DatasetLayout(part, part, LabelNaming.USUAL);

        TrainingData folders = TrainingData.of(data, List.of(), LabelSet.of("camvid"), layout);
        assertThat(folders.training().read(0).labels()).containsOnly(5);
        assertThat(folders.layout()).isEqualTo("list.txt of . with .");

        Files.writeString(list, "x/one.png y/none.png\n");
        assertThatThrownBy(() -> TrainingData.of(data, List.of(), LabelSet.of("camvid"), layout))
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
        TrainingData folders = usual();

        folders.validation().requireClasses();
        assertThatThrownBy(folders.training()::requireClasses)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("labels of all 1 pictures, such as ")
                .hasMessageContaining("are ignored everywhere");
    }

    private TrainingData usual() {
        return TrainingData.of(data, List.of(), LabelSet.of("camvid"), DatasetLayout.USUAL);
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
        TrainingData folders = TrainingData.of(camvid, List.of(), labelSet, DatasetLayout.USUAL);

        assertThat(folders.training().size()).isEqualTo(367);
        assertThat(folders.validation().size()).isEqualTo(101);
        assertThat(Arrays.stream(ClassFrequencies.of(folders.training(), labelSet.size())))
                .allMatch(share -> share > 0.001 && share < 0.4);
        SegmentationAugmentation augmentation =
                new SegmentationAugmentation(320, 320, List.of(0.5, 2.0), true, 0.5, 0.5, 0.5);
        AugmentedDataset examples =
                new AugmentedSegmentationDataset(folders.training(), augmentation);
        BatchSize size = new BatchSize(8, 320, 320, 320 * 320);
        try (DataLoader loader =
                new DataLoader(examples, AugmentedDataset.NONE, size, 0, 1, 0, 2)) {
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
