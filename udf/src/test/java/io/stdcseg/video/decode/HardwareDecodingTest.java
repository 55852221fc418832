// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.stdcseg.error.InputException;
import io.stdcseg.testing.SyntheticVideo;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On machines without a card that decodes, which every run of the tests has seen so far. */
class HardwareDecodingTest {

    @TempDir private Path folder;

    @BeforeEach
    void requireNoCard() {
        assumeFalse(Files.exists(Path.of("/dev/nvidia0")), "skipped: here is a card");
    }

    @Test
    void ffmpegHasTheDecodersOfCards() {
        for (int codec :
                new int[] {
                    avcodec.AV_CODEC_ID_H264, avcodec.AV_CODEC_ID_HEVC, avcodec.AV_CODEC_ID_AV1
                }) {
            assertThat(HardwareDecoding.AUTO.decoder(codec)).isPresent();
            assertThat(HardwareDecoding.CUDA.decoder(codec)).isPresent();
            assertThat(HardwareDecoding.NONE.decoder(codec)).isEmpty();
        }
        assertThat(HardwareDecoding.CUDA.decoder(avcodec.AV_CODEC_ID_MPEG4)).isEmpty();
    }

    @Test
    void withoutACardSoftwareDecodes() throws Exception {
        Path file =
                SyntheticVideo.write(
                        folder.resolve("drive.mp4"),
                        SyntheticVideo.info(64, 48),
                        SyntheticVideo.steady(5));
        assertThat(frames(file, HardwareDecoding.AUTO))
                .isEqualTo(frames(file, HardwareDecoding.NONE))
                .isPositive();
    }

    @Test
    void whoAsksForACardIsToldThatThereIsNone() throws Exception {
        Path file =
                SyntheticVideo.write(
                        folder.resolve("drive.mp4"),
                        SyntheticVideo.info(64, 48),
                        SyntheticVideo.steady(5));
        assertThatThrownBy(() -> frames(file, HardwareDecoding.CUDA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "no card decodes it here, h264_cuvid does not open; --hwaccel auto or none"
                                + " decodes it in software")
                .hasMessageContaining(file.toString());
    }

    @Test
    void aCodecThatNoCardHasIsNamed() throws Exception {
        Path file = resource("/ranges/mpeg2_open.ts");
        assertThatThrownBy(() -> frames(file, HardwareDecoding.CUDA))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith(
                        "FFmpeg has no decoder on a card for mpeg2video; --hwaccel auto or none"
                                + " decodes it in software");
        assertThat(frames(file, HardwareDecoding.AUTO)).isPositive();
    }

    private static int frames(Path file, HardwareDecoding hardware) {
        int frames = 0;
        VideoDecoder.Options options = VideoDecoder.Options.DEFAULT.on(hardware);
        try (VideoDecoder video = VideoDecoder.open("drive", file, options)) {
            while (video.advance()) {
                frames++;
            }
        }
        return frames;
    }

    private static Path resource(String name) throws URISyntaxException {
        return Path.of(HardwareDecodingTest.class.getResource(name).toURI());
    }
}
