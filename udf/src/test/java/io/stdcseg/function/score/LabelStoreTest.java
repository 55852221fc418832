// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.FolderStore;
import io.stdcseg.testing.TestFrames;
import io.stdcseg.testing.TestLabels;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelStoreTest {

    @TempDir Path folder;

    private final LabelSet camvid = LabelSet.of("camvid");
    private final TestFrames frames = new TestFrames();

    @BeforeEach
    void addUnrelated() throws IOException {
        Files.writeString(folder.resolve("readme.txt"), "not a label");
    }

    @Test
    void findsPicturesByFileNameAtAnyDepth() throws IOException {
        Path flat = write("0016E5_07959.png", 1, 1);
        Path nested = write("aachen/aachen_000000_000019_gtFine_labelIds.png", 1, 1);
        write("aachen/aachen_000000_000019_gtFine_color.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.picture("val", "0016E5_07959"))).isEqualTo(flat);
        assertThat(store.find(frames.picture("val", "aachen_000000_000019_leftImg8bit")))
                .isEqualTo(nested);
        assertThat(store.find(frames.picture("val", "aachen_000000_000020_leftImg8bit"))).isNull();
        assertThat(store.find(frames.picture("val", "other"))).isNull();
    }

    @Test
    void findsAndReadsLabelsInAStore() throws Exception {
        write("a/0016E5_07959.png", 3, 2);
        write("street/000007.png", 3, 2);
        LabelStore local = LabelStore.open(folder, camvid, Set.of());
        LabelStore store = LabelStore.open(FolderStore.of(folder), camvid, Set.of());

        Path picture = store.find(frames.picture("val", "0016E5_07959"));
        assertThat(picture).isEqualTo(FolderStore.of(folder).resolve("a/0016E5_07959.png"));
        assertThat(store.hasFolderOf("street")).isTrue();
        assertThat(store.read(picture, 3, 2))
                .isEqualTo(local.read(folder.resolve("a/0016E5_07959.png"), 3, 2));
        assertThatThrownBy(
                        () ->
                                LabelStore.open(
                                        FolderStore.of(folder.resolve("none")), camvid, Set.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("none is not a directory");
        try (AutoCloseable failing = FolderStore.failingBehind(10)) {
            assertThatThrownBy(() -> store.read(picture, 3, 2))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(picture.toString());
        }
    }

    @Test
    void findsLabelsOfPicturesInNestedFolders() throws IOException {
        Path first = write("a/1.png", 1, 1);
        Path second = write("b/1.png", 1, 1);
        Path flat = write("2.png", 1, 1);
        Path ofCity = write("aachen/aachen_000000_000019_gtFine_labelIds.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.picture("val", "a/1"))).isEqualTo(first);
        assertThat(store.find(frames.picture("val", "b/1"))).isEqualTo(second);
        assertThat(store.find(frames.picture("val", "c/2"))).isEqualTo(flat);
        assertThat(store.find(frames.picture("val", "aachen/aachen_000000_000019_leftImg8bit")))
                .isEqualTo(ofCity);
    }

    @Test
    void labelsInAFolderOfPicturesAreTheirs() throws IOException {
        Path own = write("a/1.png", 1, 1);
        Path elsewhere = write("c_gt/2.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of("a", "b"));

        assertThat(store.find(frames.picture("val", "a/1"))).isEqualTo(own);
        assertThat(store.find(frames.picture("val", "b/1"))).isNull();
        assertThat(store.find(frames.picture("val", "b/2"))).isEqualTo(elsewhere);
        assertThat(LabelStore.foldersOf("val", "a/1")).containsExactly("a", "val/a");
        assertThat(LabelStore.foldersOf("val", "1")).containsExactly("", "val");
    }

    @Test
    void aNameThatSeveralLabelsHaveIsRefused() throws IOException {
        Path first = write("a_gt/1.png", 1, 1);
        Path second = write("b_gt/1.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of("a", "b"));

        assertThatThrownBy(() -> store.find(frames.picture("val", "a/1")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "labels "
                                + first
                                + " and "
                                + second
                                + " could both be that of picture a/1; put it where the picture"
                                + " lies below its own folder");
    }

    @Test
    void trainIdsAreToldByTheirFilesName() throws IOException {
        Path trainIds = write("x_gtFine_labelTrainIds.png", 3, 1, 0, 18, 255);
        LabelStore cityscapes = cityscapes("");

        assertThat(cityscapes.find(frames.picture("val", "x_leftImg8bit"))).isEqualTo(trainIds);
        assertThat(cityscapes.read(trainIds, 3, 1).array()).containsExactly(0, 18, (byte) 255);

        Path labelIds = write("x_gtFine_labelIds.png", 3, 1, 7, 33, 0);
        LabelStore both = cityscapes("");
        assertThat(both.find(frames.picture("val", "x_leftImg8bit"))).isEqualTo(labelIds);
        assertThat(both.read(labelIds, 3, 1).array()).containsExactly(0, 18, (byte) 255);
        LabelStore ofTrainIds = cityscapes("-trainids");
        assertThat(ofTrainIds.find(frames.picture("val", "x_leftImg8bit"))).isEqualTo(trainIds);
        assertThatThrownBy(() -> ofTrainIds.read(labelIds, 3, 1))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "label "
                                + labelIds
                                + " holds label ids, as its name says; label set cityscapes reads"
                                + " them, cityscapes-trainids does not");
    }

    @Test
    void trainIdsUnderOtherNamesAreDoubted() throws IOException {
        write("1.png", 3, 1, 0, 18, 255);
        write("2.png", 3, 1, 2, 10, 1);

        assertThat(cityscapes("").doubt())
                .isEqualTo(
                        "labels "
                                + folder
                                + " hold 255 but no id above 18, as train ids do; label set"
                                + " cityscapes reads them as label ids; --label-set"
                                + " cityscapes-trainids reads train ids");
        assertThat(cityscapes("-trainids").doubt()).isNull();
        assertThat(LabelStore.open(folder, camvid, Set.of()).doubt()).isNull();

        write("2.png", 3, 1, 2, 26, 1);
        assertThat(cityscapes("").doubt()).isNull();
    }

    private LabelStore cityscapes(String kind) {
        return LabelStore.open(folder, LabelSet.of("cityscapes" + kind), Set.of());
    }

    @Test
    void hiddenFilesAreNoLabels() throws IOException {
        write("._1.png", 1, 1);
        write(".ipynb_checkpoints/1.png", 1, 1);
        Path label = write("x/1.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.picture("val", "1"))).isEqualTo(label);
        assertThat(store.find(frames.picture("val", "._1"))).isNull();
    }

    @Test
    void aVideoWithAFolderOfItsOwnTakesNoOtherLabels() throws IOException {
        Path flat = write("000003.png", 1, 1);
        write("000004.png", 1, 1);
        Path own = write("clip/3.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.video("clip", 3))).isEqualTo(own);
        assertThat(store.find(frames.video("other", 3))).isEqualTo(flat);
        assertThat(store.find(frames.video("clip", 4))).isNull();
        assertThat(store.find(frames.video("other", 5))).isNull();
        assertThat(store.hasFolderOf("clip")).isTrue();
        assertThat(store.hasFolderOf("other")).isFalse();
        assertThat(store.flat()).hasSize(2).contains(flat);
    }

    @Test
    void twoLabelsOfOneFrameAreRefused() throws IOException {
        Path first = write("a/clip/3.png", 1, 1);
        Path second = write("b/clip/000003.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThatThrownBy(() -> store.find(frames.video("clip", 3)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "labels "
                                + first
                                + " and "
                                + second
                                + " could both be that of frame 3 of clip; one is allowed");
    }

    @Test
    void aPictureWithANumberForANameIsNotTakenForAnIndex() throws IOException {
        write("000003.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.picture("val", "3"))).isNull();
        assertThat(store.find(frames.picture("val", "000003"))).isNotNull();
    }

    @Test
    void twoStreamsWithPicturesOfOneNameHaveTheirOwnFolders() throws IOException {
        Path left = write("left/a.png", 1, 1);
        Path right = write("right/a.png", 1, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.find(frames.picture("left", "a"))).isEqualTo(left);
        assertThat(store.find(frames.picture("right", "a"))).isEqualTo(right);
    }

    @Test
    void readsIdsAsTheyStandAndTranslatesThem() throws IOException {
        Path file = write("a.png", 3, 1, 0, 10, 11);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.read(file, 3, 1).array()).containsExactly(0, 10, (byte) LabelSet.IGNORE);
    }

    @Test
    void anotherSizeNamesFileAndBothSizes() throws IOException {
        Path file = write("a.png", 3, 1);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThatThrownBy(() -> store.read(file, 4, 2))
                .isInstanceOf(InputException.class)
                .hasMessage("label " + file + " is 3x1, its picture 4x2; they must be equal");
    }

    @Test
    void anUnknownIdNamesTheFile() throws IOException {
        Path file = write("a.png", 2, 1, 0, 77);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThatThrownBy(() -> store.read(file, 2, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("label " + file + ": id 77 is not in label set camvid");
    }

    @Test
    void readsColoursAsTrainIds() throws IOException {
        Path file = color("a.png", 0x808080, 0x400080, 0x4080c0, 0);
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThat(store.read(file, 4, 1).array()).containsExactly(0, 8, 8, (byte) LabelSet.IGNORE);
    }

    @Test
    void unknownColoursAndBrokenPicturesAreRefusedByName() throws IOException {
        Path colour = color("colour.png", 0x010203);
        Path broken = folder.resolve("broken.png");
        Files.writeString(broken, "no picture");
        LabelStore store = LabelStore.open(folder, camvid, Set.of());

        assertThatThrownBy(() -> store.read(colour, 1, 1))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "label " + colour + ": colour [1, 2, 3] is not in label set camvid;");
        assertThatThrownBy(() -> store.read(broken, 2, 1))
                .hasMessage("label file " + broken + " cannot be read: it is not a picture");
    }

    private Path color(String name, int... colors) throws IOException {
        BufferedImage image = new BufferedImage(colors.length, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, colors.length, 1, colors, 0, colors.length);
        Path file = folder.resolve(name);
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @Test
    void aFolderWithoutLabelsIsRefused() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> LabelStore.open(missing, camvid, Set.of()))
                .hasMessage(
                        "labels "
                                + missing
                                + " is not a directory; a directory of PNG files is needed");
        assertThatThrownBy(() -> LabelStore.open(folder, camvid, Set.of()))
                .hasMessage("labels " + folder + " holds no PNG file");
    }

    private Path write(String name, int width, int height, int... ids) throws IOException {
        Path file = folder.resolve(name);
        TestLabels.write(file, width, height, ids);
        return file;
    }
}
