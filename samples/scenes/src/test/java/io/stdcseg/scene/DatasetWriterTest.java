// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.scene.render.Framebuffer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetWriterTest {

    private static final SceneOptions SMALL = new SceneOptions(4, 60, 40, 15);

    @TempDir Path folder;

    @Test
    void writesEveryPictureAndItsLabels() throws IOException {
        List<Long> told = new ArrayList<>();
        DatasetWriter.write(folder, SMALL, Variety.USUAL, 5, told::add);
        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L);
        RandomStreets streets = new RandomStreets(4, 60, 40);
        for (int index = 0; index < 5; index++) {
            Framebuffer picture = streets.render(index);
            assertThat(MaskFiles.read(folder.resolve("labels/00000" + index + ".png")).ids())
                    .isEqualTo(picture.labels());
            assertThat(rgb(folder.resolve("images/00000" + index + ".png")))
                    .isEqualTo(picture.rgb());
        }
    }

    @Test
    void leavesWhatIsThere() throws IOException {
        DatasetWriter.write(folder, SMALL, Variety.USUAL, 2, done -> {});
        Path first = folder.resolve("images/000000.png");
        Path second = folder.resolve("images/000001.png");
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        Files.delete(second);
        DatasetWriter.write(folder, SMALL, Variety.USUAL, 3, done -> {});
        assertThat(Files.getLastModifiedTime(first)).isEqualTo(FileTime.fromMillis(0));
        assertThat(second).isNotEmptyFile();
        assertThat(folder.resolve("images/000002.png")).isNotEmptyFile();
    }

    @Test
    void refusesTheFolderOfAnotherSet() {
        DatasetWriter.write(folder, SMALL, Variety.USUAL, 1, done -> {});
        assertThatThrownBy(
                        () ->
                                DatasetWriter.write(
                                        folder,
                                        new SceneOptions(5, 60, 40, 15),
                                        Variety.USUAL,
                                        1,
                                        done -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "folder "
                                + folder
                                + " holds the set of seed 4, 60x40; that of seed 5, 60x40 needs"
                                + " another folder");
    }

    @Test
    void refusesNoPictures() {
        assertThatThrownBy(() -> DatasetWriter.write(folder, SMALL, Variety.USUAL, 0, done -> {}))
                .isInstanceOf(InputException.class)
                .hasMessage("0 pictures; 1 to 1000000 are allowed in a set");
    }

    private static byte[] rgb(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int i = 0; i < rgb.length / 3; i++) {
            int color = image.getRGB(i % image.getWidth(), i / image.getWidth());
            rgb[3 * i] = (byte) (color >> 16);
            rgb[3 * i + 1] = (byte) (color >> 8);
            rgb[3 * i + 2] = (byte) color;
        }
        return rgb;
    }
}
