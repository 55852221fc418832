// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.testing.FolderStore;
import io.stdcseg.testing.SharedData;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in a store are those of local files, and so is what is said of damaged ones. */
class StoredPictureTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tiff", "gif"})
    void isThatOfTheLocalFile(String format) throws IOException {
        Path file = write(format);

        assertSame(file);
        assertThat(PictureReader.read(FolderStore.of(file)).width()).isEqualTo(619);
    }

    @ParameterizedTest
    @CsvSource({
        "webp, libwebp, yuv420p",
        "ppm, ppm, rgb24",
        "png, png, rgb24",
        "jpg, mjpeg, yuvj420p"
    })
    void isThatOfTheLocalFileByFfmpegsEncoders(String format, String codec, String pixels)
            throws Exception {
        Path file = folder.resolve("a." + format);
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 400, 300);
                Frame noise = new Frame(400, 300, Frame.DEPTH_UBYTE, 3)) {
            recorder.setFormat("image2");
            recorder.setVideoCodecName(codec);
            recorder.setPixelFormat(avutil.av_get_pix_fmt(pixels));
            recorder.start();
            recorder.record(noise);
        }
        assertSame(file);
    }

    @ParameterizedTest
    @CsvSource({"png, 2000", "jpg, 30000", "bmp, 999", "tiff, 5000", "png, 3", "jpg, 0"})
    void tornFileIsTornInStoreToo(String format, int bytes) throws IOException {
        Path file = write(format);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), bytes));

        assertSame(file);
    }

    @Test
    void isThatOfRealFiles() throws IOException {
        Path camvid = SharedData.require("camvid");
        try (Stream<Path> files = Files.walk(camvid)) {
            for (Path file : files.filter(PictureReader::isPicture).sorted().limit(20).toList()) {
                assertSame(file);
            }
        }
    }

    private static void assertSame(Path file) {
        assertThat(read(FolderStore.of(file))).as(file.toString()).isEqualTo(read(file));
    }

    private static Object read(Path file) {
        try {
            Picture picture = PictureReader.read(file);
            return picture.width() + " " + Arrays.hashCode(picture.rgb());
        } catch (InputException e) {
            return e.getMessage().replace(file.toString(), "FILE");
        }
    }

    @Test
    void storeThatFailsIsNoDamage() throws Exception {
        Path stored = FolderStore.of(write("png"));
        try (AutoCloseable failing = FolderStore.failingBehind(5000)) {
            assertThatThrownBy(() -> PictureReader.read(stored))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(stored.toString());
        }
    }

    @Test
    void whatIsNotThereIsRefused() {
        Path none = FolderStore.of(folder.resolve("none.png"));

        assertThatThrownBy(() -> PictureReader.read(none))
                .isInstanceOf(InputException.class)
                .hasMessage("picture " + none + " cannot be read: the file does not exist");
    }

    /** Noise of two parts, so that every format has something to do. */
    private Path write(String format) throws IOException {
        BufferedImage image = new BufferedImage(619, 303, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(5);
        for (int y = 0; y < 303; y++) {
            for (int x = 0; x < 619; x++) {
                image.setRGB(x, y, x < 300 ? random.nextInt(1 << 24) : 0x123456 + y);
            }
        }
        Path file = folder.resolve("picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }
}
