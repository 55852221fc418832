// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.picture.PictureReader;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskFilesTest {

    @TempDir Path folder;

    @Test
    void readsWhatItWrote() throws Exception {
        byte[] ids = new byte[256 * 3];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (byte) i;
        }
        Path file = folder.resolve("000001.png");
        MaskFiles.write(file, 256, 3, ByteBuffer.wrap(ids));
        MaskFiles.Ids read = MaskFiles.read(file);
        assertThat(read.width()).isEqualTo(256);
        assertThat(read.height()).isEqualTo(3);
        assertThat(read.ids()).isEqualTo(ids);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void readsPaletteIndicesNotColors(int bits) throws Exception {
        int size = 1 << bits;
        byte[] part = new byte[size];
        for (int i = 0; i < size; i++) {
            part[i] = (byte) (255 - i);
        }
        IndexColorModel palette = new IndexColorModel(bits, size, part, part, part);
        BufferedImage image =
                bits == 8
                        ? new BufferedImage(size, 1, BufferedImage.TYPE_BYTE_INDEXED, palette)
                        : new BufferedImage(size, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        for (int i = 0; i < size; i++) {
            image.getRaster().setSample(i, 0, 0, i);
        }
        Path file = folder.resolve("palette.png");
        ImageIO.write(image, "png", file.toFile());
        byte[] ids = MaskFiles.read(file).ids();
        for (int i = 0; i < size; i++) {
            assertThat(ids[i]).isEqualTo((byte) i);
        }
    }

    @Test
    void oneReaderReadsPicturesOfAllKindsInTurn() throws Exception {
        MaskFileReader reader = new MaskFileReader();
        for (int side : new int[] {300, 40, 40, 300}) {
            // Noise does not compress: the large ones take several chunks of a file.
            byte[] ids = new byte[side * side];
            new Random(side).nextBytes(ids);
            Path grey = folder.resolve("grey.png");
            Files.deleteIfExists(grey);
            MaskFiles.write(grey, side, side, ByteBuffer.wrap(ids));
            assertThat(reader.read(grey).ids()).isEqualTo(ids);

            BufferedImage twoColors = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
            twoColors.getRaster().setSample(side - 1, side - 1, 0, 1);
            Path binary = folder.resolve("binary.png");
            ImageIO.write(twoColors, "png", binary.toFile());
            byte[] bits = reader.read(binary).ids();
            assertThat(bits).hasSize(side * side).endsWith(0, 1);
            assertThat(bits[0]).isZero();
        }
    }

    @Test
    void oneWriterWritesMasksOfAllSizesInTurn() throws Exception {
        try (MaskFileWriter writer = new MaskFileWriter()) {
            for (int side : new int[] {3, 300, 1}) {
                byte[] ids = new byte[side * side];
                new Random(side).nextBytes(ids);
                Path file = folder.resolve(side + ".png");
                writer.write(file, side, side, ByteBuffer.wrap(ids));
                assertThat(MaskFiles.read(file).ids()).isEqualTo(ids);
            }
        }
    }

    /** What the reader kept of the picture before must not stand in for what is missing. */
    @Test
    void aPictureThatIsCutIsRefusedAfterAWholeOne() throws Exception {
        byte[] ids = new byte[64 * 64];
        new Random(1).nextBytes(ids);
        Path whole = folder.resolve("whole.png");
        MaskFiles.write(whole, 64, 64, ByteBuffer.wrap(ids));
        byte[] bytes = Files.readAllBytes(whole);
        MaskFileReader reader = new MaskFileReader();
        for (int length = 50; length < bytes.length - 100; length += 450) {
            reader.read(whole);
            Path cut = Files.write(folder.resolve("cut.png"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> reader.read(cut))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith("label file " + cut + " cannot be read: ");
        }
        assertThat(reader.read(whole).ids()).isEqualTo(ids);
    }

    @Test
    void writesRgb() throws Exception {
        Path file = folder.resolve("overlay.png");
        ByteBuffer rgb = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 4, 5, 6}).position(1);
        MaskFiles.writeRgb(file, 2, 1, rgb);
        assertThat(PictureReader.read(file).rgb()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void refusesWhatHoldsNoIds() throws Exception {
        Path color = folder.resolve("color.png");
        MaskFiles.writeRgb(color, 1, 1, ByteBuffer.allocate(3));
        assertRefused(color, "it has 3 channels of 8 bits; one of at most 8 is needed");
        Path deep = folder.resolve("deep.png");
        ImageIO.write(
                new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY), "png", deep.toFile());
        assertRefused(deep, "it has 1 channels of 16 bits; one of at most 8 is needed");
        assertRefused(Files.writeString(folder.resolve("a.png"), "text"), "it is not a picture");
        assertRefused(folder.resolve("absent.png"), "the file does not exist or may not be read");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> MaskFiles.read(file))
                .isInstanceOf(InputException.class)
                .hasMessage("label file " + file + " cannot be read: " + reason);
    }
}
