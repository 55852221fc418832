// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.LogCapture;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.encode.RoundTrip;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoDecoderTest {

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"plain.mp4", "50%03d off.mp4", "rtsp:a.mp4", "-y", "stra\u00dfe \u9053.mp4"})
    void opensAnyName(String name) {
        Path file;
        try {
            file = folder.resolve(name);
        } catch (InvalidPathException e) {
            Assumptions.abort("this machine's locale has no such name");
            return;
        }
        SyntheticVideo.write(file, SyntheticVideo.info(64, 48), 0, 3000);
        assertThat(RoundTrip.decode(file).pts()).containsExactly(0L, 3000L);
    }

    @Test
    void saysWhatAFileHolds() {
        Path file =
                SyntheticVideo.write(
                        folder.resolve("a.mp4"),
                        SyntheticVideo.info(64, 48, 270),
                        SyntheticVideo.steady(30));
        try (VideoDecoder video = VideoDecoder.open("drive", file)) {
            assertThat(video.info().name()).isEqualTo("drive");
            assertThat(video.info().source()).isEqualTo(file.toString());
            assertThat(video.info().displayWidth()).isEqualTo(48);
            assertThat(video.estimatedFrames()).isEqualTo(30);
            assertThat(video.durationSeconds()).isEqualTo(1);
        }
    }

    /** Motion JPEG is nothing but pictures in a row, and full range. */
    @Test
    void scalesPicturesToTheSizeOfTheFirst() throws Exception {
        Path file = folder.resolve("a.mjpeg");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int size : new int[] {64, 64, 160, 48}) {
                BufferedImage image =
                        new BufferedImage(size, size / 2, BufferedImage.TYPE_3BYTE_BGR);
                for (int i = 0; i < size * size / 2; i++) {
                    image.setRGB(i % size, i / size, 0x40c020);
                }
                ImageIO.write(image, "jpg", out);
            }
        }
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            StreamInfo info = video.info();
            assertThat(info.width()).isEqualTo(64);
            assertThat(info.height()).isEqualTo(32);
            assertThat(info.color().fullRange()).isTrue();
            ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
            ByteBuffer yuv = ByteBuffer.allocateDirect(info.yuvBytes());
            int count = 0;
            while (video.advance()) {
                count++;
                video.writeRgb(rgb);
                video.writeYuv(yuv);
                assertThat(rgb.get(info.rgbBytes() - 3) & 0xff).isBetween(0x3a, 0x46);
                assertThat(rgb.get(info.rgbBytes() - 2) & 0xff).isBetween(0xba, 0xc6);
                assertThat(rgb.get(info.rgbBytes() - 1) & 0xff).isBetween(0x1a, 0x26);
                // 0.299 * 64 + 0.587 * 192 + 0.114 * 32, in full range
                assertThat(yuv.get(0) & 0xff).isBetween(132, 138);
            }
            assertThat(count).isEqualTo(4);
        }
    }

    @Test
    void leavesDamageOutUnlessStrict() throws Exception {
        Path file =
                SyntheticVideo.write(
                        folder.resolve("a.mp4"),
                        SyntheticVideo.info(160, 96),
                        SyntheticVideo.steady(100));
        damage(file, 30);
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            int count = 0;
            while (video.advance()) {
                count++;
            }
            assertThat(count).isEqualTo(99);
            assertThat(video.skipped()).isEqualTo(1);
            assertThat(video.firstDamage()).isBetween(20L, 30L);
            assertThat(video.firstReason()).isNotBlank();
        }
        assertThatThrownBy(
                        () -> {
                            try (VideoDecoder video =
                                    VideoDecoder.open(
                                            "v", file, new VideoDecoder.Options(1, true, false))) {
                                while (video.advance()) {
                                    // to the damage
                                }
                            }
                        })
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("video " + file + " is damaged after picture ");
    }

    /** Overwrites a packet, the first one being 0: wherever this encoder has put it. */
    private static void damage(Path file, int index) throws Exception {
        byte[] bytes = Files.readAllBytes(file);
        AVPacket packet = avcodec.av_packet_alloc();
        try (Demuxer demuxer = Demuxer.open(file)) {
            for (int i = 0; i <= index; i++) {
                avcodec.av_packet_unref(packet);
                assertThat(demuxer.read(packet)).isTrue();
            }
            int start = (int) packet.pos();
            Arrays.fill(bytes, start, start + packet.size(), (byte) 0xff);
        } finally {
            avcodec.av_packet_free(packet);
        }
        Files.write(file, bytes);
    }

    @Test
    void refusesWhatIsNoVideo() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        Path text = Files.writeString(folder.resolve("text.mp4"), "x".repeat(5000));
        assertRefused(folder.resolve("absent.mp4"), "the file does not exist");
        assertRefused(folder, "it is a directory");
        assertRefused(empty, "the file is empty");
        assertRefused(text, "not a video or incomplete: Invalid data found when processing input");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatThrownBy(() -> VideoDecoder.open("v", file).close())
                .isInstanceOf(InputException.class)
                .hasMessage("video " + file + " cannot be read: " + reason);
    }

    @Test
    void refusesToWorkWithoutAPictureOrMemory() {
        StreamInfo info = SyntheticVideo.info(64, 48);
        Path file = SyntheticVideo.write(folder.resolve("a.mp4"), info, 0);
        VideoDecoder video = VideoDecoder.open("v", file);
        ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
        assertThatThrownBy(() -> video.writeRgb(rgb)).hasMessageContaining("no current picture");
        video.advance();
        assertThatThrownBy(() -> video.writeRgb(ByteBuffer.allocate(info.rgbBytes())))
                .hasMessageStartingWith("heap buffer with 9216 bytes left for RGB; a direct one");
        rgb.position(1);
        assertThatThrownBy(() -> video.writeRgb(rgb)).hasMessageContaining("9215 bytes left");
        video.close();
        video.close();
        assertThatThrownBy(video::advance).hasMessageContaining("is closed");
    }

    /** A stream whose encoder was restarted at another size, as cameras and calls give it. */
    @Test
    void saysOnceThatTheSizeChanges() throws Exception {
        Path file = folder.resolve("change.mjpeg");
        for (int side : new int[] {64, 64, 32, 48, 32}) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            try (OutputStream out =
                    Files.newOutputStream(
                            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ImageIO.write(image, "jpg", out);
            }
        }
        try (LogCapture log = new LogCapture(VideoDecoder.class);
                VideoDecoder video = VideoDecoder.open("v", file)) {
            ByteBuffer rgb = ByteBuffer.allocateDirect(video.info().rgbBytes());
            int pictures = 0;
            while (video.advance()) {
                video.writeRgb(rgb);
                pictures++;
            }
            assertThat(pictures).isEqualTo(5);
            assertThat(video.info().width()).isEqualTo(64);
            assertThat(log.lines())
                    .containsExactly(
                            "video "
                                    + file
                                    + " changes its size from 64x64 to 32x32 after picture 2; masks"
                                    + " and masked video keep the first");
        }
    }
}
