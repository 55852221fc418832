// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.label.MaskFiles;
import io.stdcseg.testing.LogCapture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureReaderTest {

    private static final int[][] COLORS = {{255, 0, 0}, {10, 200, 30}, {100, 100, 100}};

    @TempDir Path folder;

    /** Kinds of {@link BufferedImage}: RGB, ARGB, and with a palette. */
    @ParameterizedTest
    @CsvSource({"1, png", "2, png", "13, png", "5, bmp", "5, tiff", "13, gif"})
    void readsExactColors(int type, String format) throws Exception {
        BufferedImage image = new BufferedImage(37, 21, type);
        for (int y = 0; y < 21; y++) {
            for (int x = 0; x < 37; x++) {
                // The palette of such images is the web's, so ask for one of its colours.
                image.setRGB(x, y, x < 20 ? 0xffcc3300 : 0xff0033ff);
            }
        }
        Path file = folder.resolve("50%03d." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        Picture picture = PictureReader.read(file);
        assertThat(picture.width()).isEqualTo(37);
        assertThat(picture.height()).isEqualTo(21);
        assertPixel(picture, 19, 20, 0xcc, 0x33, 0x00);
        assertPixel(picture, 20, 0, 0x00, 0x33, 0xff);
    }

    /** TIFF is read by Java, the others by FFmpeg. */
    @ParameterizedTest
    @CsvSource({"png", "jpg", "tiff"})
    void readsWhatLiesInMemory(String format) throws Exception {
        BufferedImage image = new BufferedImage(5, 3, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(4, 2, 0xffffff);
        Path file = folder.resolve("picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();

        Picture picture = PictureReader.read("picture", Files.readAllBytes(file));

        assertThat(picture.width()).isEqualTo(5);
        assertThat(picture.rgb()).isEqualTo(PictureReader.read(file).rgb());
    }

    @Test
    void namesWhatLiesInMemoryAndIsNoPicture() {
        byte[] text = "#EXTM3U\n/etc/hostname\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> PictureReader.read("row 3", text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture row 3 cannot be read: ");
        assertThatThrownBy(() -> PictureReader.read("row 4", new byte[0]))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture row 4 cannot be read: ");
    }

    @Test
    void readsGreyAsItIs() throws Exception {
        Path file = folder.resolve("grey.png");
        MaskFiles.write(file, 2, 1, ByteBuffer.wrap(new byte[] {100, (byte) 200}));
        assertThat(PictureReader.read(file).rgb())
                .containsExactly(100, 100, 100, (byte) 200, (byte) 200, (byte) 200);
    }

    @Test
    void readsJpegCloseToWhatWasWritten() throws Exception {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 64; i++) {
            int[] c = COLORS[i / 64 / 24];
            image.setRGB(i % 64, i / 64, new Color(c[0], c[1], c[2]).getRGB());
        }
        Path file = folder.resolve("a.jpg");
        ImageIO.write(image, "jpg", file.toFile());
        Picture picture = PictureReader.read(file);
        for (int i = 0; i < COLORS.length; i++) {
            int at = 3 * (64 * (24 * i + 8) + 32);
            for (int c = 0; c < 3; c++) {
                assertThat(picture.rgb()[at + c] & 0xff)
                        .isBetween(COLORS[i][c] - 4, COLORS[i][c] + 4);
            }
        }
    }

    @Test
    void changesItsSize() {
        byte[] rgb = new byte[3 * 40 * 20];
        Arrays.fill(rgb, (byte) 77);
        Picture scaled = new Picture(40, 20, rgb).scaledTo(13, 7);
        assertThat(scaled.width()).isEqualTo(13);
        assertThat(scaled.rgb()).hasSize(3 * 13 * 7).containsOnly(77);
    }

    /** Of a file with several pictures the first is taken, and for a folder that is said once. */
    @Test
    void saysThatThereAreMorePictures() throws Exception {
        byte[] black = new byte[3 * 64 * 64];
        byte[] grey = new byte[3 * 64 * 64];
        Arrays.fill(grey, (byte) 128);
        try (LogCapture log = new LogCapture(PictureReader.class)) {
            for (String name : new String[] {"a.gif", "b.gif"}) {
                Path file = folder.resolve(name);
                record(file, "gif", new Picture(64, 64, black), new Picture(64, 64, grey));
                assertThat(PictureReader.read(file).width()).isEqualTo(64);
                assertThat(PictureReader.isAnimation(file)).isFalse();
            }
            assertThat(log.lines())
                    .containsExactly(
                            folder.resolve("a.gif")
                                    + " holds 2 pictures and the first is taken, as of others in"
                                    + " its folder");
        }
    }

    @Test
    void anAnimatedPngIsAVideo() throws Exception {
        Path file = folder.resolve("a.png");
        MaskFiles.write(file, 4, 4, ByteBuffer.allocate(16));
        assertThat(PictureReader.isAnimation(file)).isFalse();
        byte[] still = Files.readAllBytes(file);
        int header = 8 + 12 + 13;
        ByteBuffer animated = ByteBuffer.allocate(still.length + 20);
        animated.put(still, 0, header).putInt(8).put("acTL".getBytes(StandardCharsets.US_ASCII));
        animated.putInt(3).putInt(0).putInt(0).put(still, header, still.length - header);
        Files.write(file, animated.array());
        assertThat(PictureReader.isAnimation(file)).isTrue();
    }

    @Test
    void anAnimatedWebpIsRefused() throws Exception {
        byte[] start = "RIFF\u001a\0\0\0WEBPVP8X\n\0\0\0\u0002".getBytes(StandardCharsets.US_ASCII);
        Path file = folder.resolve("a.webp");
        Files.write(file, Arrays.copyOf(start, 34));
        assertThatThrownBy(() -> PictureReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "picture "
                                + file
                                + " cannot be read: FFmpeg does not decode animated WebP; GIF, PNG"
                                + " and videos are allowed");
    }

    private static void record(Path file, String format, Picture... pictures) throws Exception {
        try (FFmpegFrameRecorder recorder =
                new FFmpegFrameRecorder(file.toFile(), pictures[0].width(), pictures[0].height())) {
            recorder.setFormat(format);
            recorder.setVideoCodecName(format);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_RGB8);
            recorder.setFrameRate(5);
            recorder.start();
            for (Picture picture : pictures) {
                try (Frame frame = JavaCvFrames.frame(picture)) {
                    recorder.record(frame);
                }
            }
            recorder.stop();
        }
    }

    @Test
    void refusesWhatIsNoPicture() throws Exception {
        Path text = Files.writeString(folder.resolve("a.png"), "no picture, however long");
        assertThatThrownBy(() -> PictureReader.read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture " + text + " cannot be read: ");
        Path cut = folder.resolve("cut.png");
        MaskFiles.write(cut, 64, 64, ByteBuffer.allocate(64 * 64));
        byte[] bytes = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(bytes, 45));
        assertThatThrownBy(() -> PictureReader.read(cut))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("picture " + cut);
    }

    private static void assertPixel(Picture picture, int x, int y, int... rgb) {
        int at = 3 * (y * picture.width() + x);
        for (int i = 0; i < 3; i++) {
            assertThat(picture.rgb()[at + i] & 0xff).isEqualTo(rgb[i]);
        }
    }
}
