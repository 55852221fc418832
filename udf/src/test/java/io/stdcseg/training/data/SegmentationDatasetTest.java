// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentationDatasetTest {

    @TempDir Path folder;

    private Path images;
    private Path labels;

    @BeforeEach
    void makeFolders() throws IOException {
        images = Files.createDirectories(folder.resolve("images"));
        labels = Files.createDirectories(folder.resolve("labels"));
    }

    private SegmentationDataset open() {
        return SegmentationDataset.of(images, labels, LabelSet.of("camvid"));
    }

    @Test
    void picturesComeSortedWithTheirLabels() throws IOException {
        TestPictures.write(folder, "town/b", 20);
        TestPictures.write(folder, "a", 7);
        Files.writeString(images.resolve("readme.txt"), "no picture");
        SegmentationDataset set = open();

        assertThat(set.size()).isEqualTo(2);
        assertThat(set.image(1)).isEqualTo(images.resolve("town/b.png"));
        LabelledPicture second = set.read(1);
        assertThat(second.name()).isEqualTo("b.png");
        assertThat(second.width()).isEqualTo(8);
        assertThat(second.height()).isEqualTo(6);
        assertThat(second.rgb()).hasSize(144).containsOnly(20);
        assertThat(second.labels()).hasSize(48).containsOnly(9);
    }

    @Test
    void whatFitsIntoTheCacheIsReadOnce() throws IOException {
        TestPictures.write(folder, "a", 1);
        TestPictures.write(folder, "b", 2);
        SegmentationDataset set =
                SegmentationDataset.of(
                        images, labels, LabelSet.of("camvid"), new PictureCache(192 + 191));

        assertThat(set.read(0)).isSameAs(set.read(0));
        assertThat(set.read(1)).isNotSameAs(set.read(1));
        assertThat(set.read(0)).isSameAs(set.read(0));
    }

    @Test
    void aFolderWithoutPicturesIsRefused() throws IOException {
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("pictures " + images + " holds no picture [bmp, ");
        Files.delete(images);
        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "pictures "
                                + images
                                + " is not a directory; a directory of pictures is needed");
    }

    @Test
    void aPictureWithoutALabelIsRefusedByName() throws IOException {
        TestPictures.write(folder, "a", 1);
        TestPictures.write(folder, "b", 1);
        Files.delete(labels.resolve("b.png"));

        assertThatThrownBy(this::open)
                .isInstanceOf(InputException.class)
                .hasMessage("picture " + images.resolve("b.png") + " has no label in " + labels);
    }

    @Test
    void aLabelOfAnotherFoldersPictureIsNotTaken() throws IOException {
        TestPictures.write(folder, "a/1", 1);
        TestPictures.write(folder, "b/1", 1);
        Files.delete(labels.resolve("b/1.png"));

        assertThatThrownBy(this::open)
                .hasMessage("picture " + images.resolve("b/1.png") + " has no label in " + labels);

        Files.move(labels.resolve("a/1.png"), labels.resolve("1.png"));
        assertThatThrownBy(this::open)
                .hasMessage(
                        "label "
                                + labels.resolve("1.png")
                                + " could be of picture "
                                + images.resolve("a/1.png")
                                + " or "
                                + images.resolve("b/1.png")
                                + "; one is allowed");
    }

    @Test
    void hiddenFilesAreLeftOut() throws IOException {
        TestPictures.write(folder, "a", 1);
        Files.writeString(images.resolve("._a.png"), "what macOS leaves");
        Path notebook = Files.createDirectory(images.resolve(".ipynb_checkpoints"));
        Files.writeString(notebook.resolve("a.png"), "what Jupyter leaves");

        assertThat(open().size()).isEqualTo(1);
    }

    @Test
    void labelsOfAnotherSizeAreRefusedByName() throws IOException {
        TestPictures.write(folder, "a", 1);
        Path label = labels.resolve("a.png");
        TestPictures.writeLabels(label, 8, 7, 0);

        SegmentationDataset set = open();
        assertThatThrownBy(() -> set.read(0))
                .isInstanceOf(InputException.class)
                .hasMessage("label " + label + " is 8x7, its picture 8x6; they must be equal");
    }

    @Test
    void sharesCountWhatIsNotIgnored() throws IOException {
        TestPictures.write(folder, "a", 0);
        TestPictures.write(folder, "b", 1);
        TestPictures.write(folder, "c", 1);
        TestPictures.write(folder, "d", 1);
        TestPictures.write(folder, "ignored", 0);
        TestPictures.writeLabels(labels.resolve("ignored.png"), 8, 6, 11);

        assertThat(ClassFrequencies.of(open(), 11))
                .containsExactly(0.25, 0.75, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
