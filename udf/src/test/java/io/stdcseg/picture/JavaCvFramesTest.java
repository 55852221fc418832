// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.label.LabelSet;
import io.stdcseg.video.overlay.Overlay;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JavaCvFramesTest {

    private static final int WIDTH = 5;
    private static final int HEIGHT = 3;

    /** Rows end where they end, at JavaCV's multiple of eight, or anywhere. */
    @ParameterizedTest
    @ValueSource(ints = {15, 16, 23})
    void blueComesFirstOfThree(int stride) {
        try (Frame frame = frame(3, stride)) {
            assertThat(JavaCvFrames.picture(frame)).satisfies(this::isPattern);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 24, 33})
    void redComesFirstOfFour(int stride) {
        try (Frame frame = frame(4, stride)) {
            assertThat(JavaCvFrames.picture(frame)).satisfies(this::isPattern);
        }
    }

    @Test
    void greyIsAllThree() {
        try (Frame frame = frame(1, 7)) {
            byte[] rgb = JavaCvFrames.picture(frame).rgb();
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                assertThat(Arrays.copyOfRange(rgb, 3 * i, 3 * i + 3))
                        .containsOnly(sample(i % WIDTH, i / WIDTH, 0));
            }
        }
    }

    @Test
    void aPictureComesBackAsItWas() {
        Picture picture = JavaCvFrames.picture(frame(4, 20));
        try (Frame frame = JavaCvFrames.frame(picture)) {
            assertThat(frame.imageStride).isGreaterThan(3 * WIDTH);
            assertThat(((ByteBuffer) frame.image[0]).get(0)).isEqualTo(sample(0, 0, 2));
            assertThat(JavaCvFrames.picture(frame).rgb()).isEqualTo(picture.rgb());
        }
    }

    @Test
    void aMaskIsGrey() {
        byte[] ids = new byte[1 + WIDTH * HEIGHT];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (byte) (i - 1);
        }
        ByteBuffer mask = ByteBuffer.wrap(ids).position(1);
        try (Frame frame = JavaCvFrames.mask(WIDTH, HEIGHT, mask)) {
            assertThat(frame.imageChannels).isEqualTo(1);
            assertThat(frame.imageStride).isGreaterThan(WIDTH);
            byte[] rgb = JavaCvFrames.picture(frame).rgb();
            for (int i = 0; i < WIDTH * HEIGHT; i++) {
                assertThat(rgb[3 * i]).isEqualTo((byte) i);
            }
        }
        assertThat(mask.position()).isEqualTo(1);
    }

    @Test
    void anOverlayHasTheColoursOfTheClasses() {
        LabelSet labels = LabelSet.of("cityscapes");
        Picture picture = JavaCvFrames.picture(frame(3, 15));
        byte[] before = picture.rgb().clone();
        ByteBuffer mask = ByteBuffer.allocate(WIDTH * HEIGHT);
        mask.put(0, (byte) LabelSet.IGNORE);
        try (Frame frame = JavaCvFrames.overlay(picture, mask, new Overlay(labels, 1))) {
            byte[] drawn = JavaCvFrames.picture(frame).rgb();
            assertThat(Arrays.copyOf(drawn, 3)).isEqualTo(Arrays.copyOf(before, 3));
            assertThat(Arrays.copyOfRange(drawn, 3, 6)).containsExactly(128, 64, 128);
        }
        assertThat(picture.rgb()).isEqualTo(before);
    }

    /** What a grabber gives is a picture, and what is made of it a recorder takes. */
    @Test
    void framesComeFromJavaCvAndGoToIt(@TempDir Path folder) throws Exception {
        Picture picture = plain(64, 48, 200, 60, 20);
        Path file = folder.resolve("a.mp4");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 48);
                Frame frame = JavaCvFrames.frame(picture)) {
            recorder.setFormat("mp4");
            recorder.setVideoCodecName("mpeg4");
            recorder.start();
            recorder.record(frame);
            recorder.stop();
        }
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(file.toFile())) {
            grabber.start();
            Picture grabbed = JavaCvFrames.picture(grabber.grabImage());
            assertThat(grabbed.width()).isEqualTo(64);
            assertThat(grabbed.height()).isEqualTo(48);
            for (int i = 0; i < grabbed.rgb().length; i++) {
                assertThat(Math.abs((grabbed.rgb()[i] & 0xff) - (picture.rgb()[i] & 0xff)))
                        .isLessThan(12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 8, 'frame has 2 channels of 8 bits;'",
        "3, 16, 'frame has 3 channels of 16 bits;'",
        "3, -8, 'frame has 3 channels of 8 bits with a sign;'",
        "1, 32, 'frame has 1 channels of 32 bits;'"
    })
    void anotherKindOfPictureIsRefusedInOneLine(int channels, int depth, String says) {
        try (Frame frame = new Frame(WIDTH, HEIGHT, depth, channels)) {
            assertThatThrownBy(() -> JavaCvFrames.picture(frame))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            says + " 1 (grey), 3 (BGR) or 4 (RGBA) of 8 without one are needed");
        }
    }

    @Test
    void soundIsRefused() {
        try (Frame frame = new Frame()) {
            assertThatThrownBy(() -> JavaCvFrames.picture(frame))
                    .hasMessage("frame has no picture; it may be one of sound");
        }
    }

    @Test
    void rowsThatDoNotFitAreRefused() {
        try (Frame frame = frame(3, 15)) {
            frame.imageStride = 14;
            assertThatThrownBy(() -> JavaCvFrames.picture(frame))
                    .hasMessage(
                            "frame of 5x3 with 3 channels has rows of 14 bytes and 45 in all;"
                                    + " 15 and 43 are the least");
            frame.imageStride = 16;
            assertThatThrownBy(() -> JavaCvFrames.picture(frame))
                    .hasMessageEndingWith("15 and 47 are the least");
        }
    }

    @Test
    void aMaskThatIsTooSmallIsRefused() {
        assertThatThrownBy(() -> JavaCvFrames.mask(WIDTH, HEIGHT, ByteBuffer.allocate(14)))
                .hasMessage("mask has 14 bytes left; 5x3 takes 15");
    }

    private void isPattern(Picture picture) {
        assertThat(picture.width()).isEqualTo(WIDTH);
        assertThat(picture.height()).isEqualTo(HEIGHT);
        for (int i = 0; i < picture.rgb().length; i++) {
            int pixel = i / 3;
            assertThat(picture.rgb()[i]).isEqualTo(sample(pixel % WIDTH, pixel / WIDTH, i % 3));
        }
    }

    /** A frame of the pattern; what is not a sample of it is 99. */
    private static Frame frame(int channels, int stride) {
        Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, channels, stride);
        ByteBuffer samples = (ByteBuffer) frame.image[0];
        for (int i = 0; i < samples.limit(); i++) {
            samples.put(i, (byte) 99);
        }
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < Math.min(3, channels); c++) {
                    int at = channels == 3 ? 2 - c : c;
                    samples.put(y * stride + x * channels + at, sample(x, y, c));
                }
            }
        }
        return frame;
    }

    private static byte sample(int x, int y, int channel) {
        return (byte) (100 * channel + 20 * y + x);
    }

    private static Picture plain(int width, int height, int red, int green, int blue) {
        byte[] rgb = new byte[3 * width * height];
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) red;
            rgb[i + 1] = (byte) green;
            rgb[i + 2] = (byte) blue;
        }
        return new Picture(width, height, rgb);
    }
}
