// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffReaderTest {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    @TempDir Path folder;

    /** FFmpeg makes black of the JPEG one and says nothing. */
    @ParameterizedTest
    @CsvSource({"JPEG, 12", "LZW, 0", "ZLib, 0", "Deflate, 0", "PackBits, 0"})
    void readsEveryCompression(String compression, int off) throws Exception {
        Path file = write(image(DataBuffer.TYPE_BYTE, 3, 1), compression);
        isPattern(PictureReader.read(file), 3, off);
        assertDamageIsFound(file);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 257",
        "1, 1, 257",
        "4, 3, 0.00392156862745098",
        "4, 1, 0.00392156862745098",
        "5, 3, 0.00392156862745098",
        "0, 1, 1"
    })
    void readsEveryDepth(int type, int bands, double unit) throws Exception {
        isPattern(PictureReader.read(write(image(type, bands, unit), null)), bands, 0);
    }

    @Test
    void floatsThatAreNoSharesOfWhiteAreRefused() throws Exception {
        Path file = write(image(DataBuffer.TYPE_FLOAT, 1, 1), null);
        assertThatThrownBy(() -> PictureReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageMatching(
                        "picture .* cannot be read: its floats go up to [0-9.]+;"
                                + " 0 for black to 1 for white is needed");
    }

    @Test
    void zeroIsBlackOrWhite() throws Exception {
        byte[] samples = {0, -1, 100, 30};
        assertThat(grey(raw(4, 1, 1, 1, 8, samples))).containsExactly(0, 255, 100, 30);
        assertThat(grey(raw(4, 1, 0, 1, 8, samples))).containsExactly(255, 0, 155, 225);
        assertThat(grey(raw(4, 1, 0, 1, 4, new byte[] {0x0f, (byte) 0x84})))
                .containsExactly(255, 0, 119, 187);
    }

    @Test
    void readsThirtyTwoBitsWithoutSign() throws Exception {
        ByteBuffer samples = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        samples.putInt(0).putInt(-1).putInt(0x80000000);
        assertThat(grey(raw(3, 1, 1, 1, 32, samples.array()))).containsExactly(0, 255, 128);
    }

    @Test
    void mixesInks() throws Exception {
        byte[] inks = {0, -1, -1, 0, -1, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0};
        assertThat(PictureReader.read(raw(4, 1, 5, 4, 8, inks)).rgb())
                .containsExactly(-1, 0, 0, 0, -1, -1, 0, 0, 0, -1, -1, -1);
    }

    @Test
    void aPictureOnItsSideIsTurned() throws Exception {
        byte[] samples = {10, 20, 30, 40, 50, 60};
        Picture picture = PictureReader.read(raw(3, 2, 1, 1, 8, samples, 274, 6));
        assertThat(picture.width()).isEqualTo(2);
        assertThat(picture.height()).isEqualTo(3);
        int[] upright = new int[6];
        Arrays.setAll(upright, i -> picture.rgb()[3 * i]);
        assertThat(upright).containsExactly(40, 10, 50, 20, 60, 30);
    }

    @Test
    void samplesWithASignAreRefused() throws Exception {
        Path file = raw(2, 1, 1, 1, 16, new byte[4], 339, 2);
        assertThatThrownBy(() -> PictureReader.read(file))
                .hasMessage(
                        "picture "
                                + file
                                + " cannot be read: its samples have a sign;"
                                + " unsigned ones or floats are needed");
    }

    /** A header of some bytes must not ask for gigabytes. */
    @ParameterizedTest
    @ValueSource(ints = {60_000, Integer.MAX_VALUE})
    void aSizeThatNoArrayHoldsIsRefused(int side) throws Exception {
        Path file = raw(side, side, 2, 3, 8, new byte[12]);
        assertThatThrownBy(() -> PictureReader.read(file)).isInstanceOf(InputException.class);
    }

    private void assertDamageIsFound(Path file) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.tif");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> PictureReader.read(cut))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture " + cut + " cannot be read: it is damaged");
    }

    private static void isPattern(Picture picture, int bands, int off) {
        assertThat(picture.width()).isEqualTo(WIDTH);
        assertThat(picture.height()).isEqualTo(HEIGHT);
        for (int i = 0; i < picture.rgb().length; i++) {
            int x = i / 3 % WIDTH;
            int y = i / 3 / WIDTH;
            assertThat(picture.rgb()[i] & 0xff)
                    .isBetween(sample(x, y, bands, i % 3) - off, sample(x, y, bands, i % 3) + off);
        }
    }

    private static int sample(int x, int y, int bands, int channel) {
        return 2 * x + y + (bands < 3 ? 0 : 10 * channel);
    }

    private static int[] grey(Path file) {
        byte[] rgb = PictureReader.read(file).rgb();
        int[] grey = new int[rgb.length / 3];
        Arrays.setAll(grey, i -> rgb[3 * i] & 0xff);
        return grey;
    }

    private static BufferedImage image(int type, int bands, double unit) {
        int space = bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        int[] offsets = new int[bands];
        Arrays.setAll(offsets, i -> i);
        WritableRaster raster =
                Raster.createWritableRaster(
                        new PixelInterleavedSampleModel(
                                type, WIDTH, HEIGHT, bands, WIDTH * bands, offsets),
                        null);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < bands; c++) {
                    raster.setSample(x, y, c, sample(x, y, bands, c) * unit);
                }
            }
        }
        return new BufferedImage(
                new ComponentColorModel(
                        ColorSpace.getInstance(space), false, false, Transparency.OPAQUE, type),
                raster,
                false,
                null);
    }

    private Path write(BufferedImage image, String compression) throws Exception {
        Path file = folder.resolve("a.tif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (compression != null) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionType(compression);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** A file of one uncompressed strip; more tags as pairs of number and value. */
    private Path raw(
            int width, int height, int meaning, int bands, int bits, byte[] samples, int... more)
            throws Exception {
        List<int[]> tags = new ArrayList<>();
        tags.add(new int[] {256, width});
        tags.add(new int[] {257, height});
        tags.add(new int[] {258, bits});
        tags.add(new int[] {259, 1});
        tags.add(new int[] {262, meaning});
        tags.add(new int[] {273, 0});
        tags.add(new int[] {277, bands});
        tags.add(new int[] {278, height});
        tags.add(new int[] {279, samples.length});
        for (int i = 0; i < more.length; i += 2) {
            tags.add(new int[] {more[i], more[i + 1]});
        }
        tags.sort((a, b) -> Integer.compare(a[0], b[0]));
        int size = 8 + 2 + 12 * tags.size() + 4;
        ByteBuffer file = ByteBuffer.allocate(size + 2 * bands + samples.length);
        file.order(ByteOrder.LITTLE_ENDIAN).put(new byte[] {'I', 'I', 42, 0}).putInt(8);
        file.putShort((short) tags.size());
        for (int[] tag : tags) {
            boolean each = tag[0] == 258 && bands > 2;
            boolean isLong =
                    tag[0] == 256
                            || tag[0] == 257
                            || tag[0] == 273
                            || tag[0] >= 278 && tag[0] <= 279;
            int value = tag[0] == 273 ? size + 2 * bands : each ? size : tag[1];
            file.putShort((short) tag[0]).putShort((short) (isLong ? 4 : 3));
            file.putInt(tag[0] == 258 ? bands : 1).putInt(value);
        }
        file.putInt(0);
        for (int i = 0; i < bands; i++) {
            file.putShort((short) bits);
        }
        return Files.write(folder.resolve("raw.tif"), file.put(samples).array());
    }
}
