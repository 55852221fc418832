// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.picture.JavaCvFrames;
import io.stdcseg.picture.Picture;
import io.stdcseg.testing.SyntheticVideo;
import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.decode.VideoDecoder;
import io.stdcseg.video.encode.SegmentEncoder;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.ShortPointer;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SDR put into PQ and HLG by their definitions comes back. */
class HdrToSdrTest {

    private static final int PQ = avutil.AVCOL_TRC_SMPTE2084;
    private static final int HLG = avutil.AVCOL_TRC_ARIB_STD_B67;
    private static final ColorMetadata SDR = new ColorMetadata(1, 1, 1, false);

    private static final int SIDE = 16;

    /** Below the curve's knee, at half of white's light, a picture is what it was. */
    @ParameterizedTest
    @ValueSource(ints = {PQ, HLG})
    void whatIsNotBrightComesBack(int transfer) {
        for (int grey = 0; grey <= 180; grey += 4) {
            int[] rgb = shown(transfer, grey, grey, grey);
            for (int c = 0; c < 3; c++) {
                isNear(rgb, 3, grey, c);
            }
        }
        int[][] colours = {
            {150, 60, 40}, {40, 120, 60}, {60, 80, 170}, {128, 64, 128}, {90, 90, 20}
        };
        for (int[] colour : colours) {
            int[] rgb = shown(transfer, colour[0], colour[1], colour[2]);
            for (int c = 0; c < 3; c++) {
                isNear(rgb, 4, colour[c], c);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PQ, HLG})
    void whatIsBrightIsCompressedAndStaysInOrder(int transfer) {
        int last = 0;
        for (int grey = 0; grey <= 255; grey += 5) {
            int is = shown(transfer, grey, grey, grey)[1];
            assertThat(is).isGreaterThanOrEqualTo(last).isBetween(grey - 32, grey + 3);
            last = is;
        }
        assertThat(last).isGreaterThan(220);
    }

    /** Diffuse white and what is brighter, as the recommendations give it. */
    @ParameterizedTest
    @CsvSource({
        "16, 0.581, 220, 240",
        "18, 0.75, 220, 240",
        "16, 0.752, 254, 255",
        "18, 1, 254, 255"
    })
    void whiteAndHighlights(int transfer, double signal, int least, int most) {
        int code = (int) Math.round(64 + 876 * signal);
        int[] rgb = convert(transfer, new int[] {code, 512, 512});
        for (int number : rgb) {
            assertThat(number).isBetween(least, most);
        }
    }

    @ParameterizedTest
    @CsvSource({"smpte2084", "arib-std-b67"})
    void streamsAreDescribedAndWrittenAsSdr(String transfer, @TempDir Path folder)
            throws Exception {
        Path file = folder.resolve("hdr.mkv");
        record(file, transfer);
        Path segment = folder.resolve("segment.mp4");
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            assertThat(video.info().color()).isEqualTo(SDR);
            ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            ByteBuffer rgb = ByteBuffer.allocateDirect(video.info().rgbBytes());
            try (SegmentEncoder encoder =
                    new SegmentEncoder(segment, video.info(), SegmentEncoder.Options.DEFAULT)) {
                int last = 256;
                while (video.advance()) {
                    video.writeRgb(rgb);
                    video.writeYuv(yuv);
                    // The next picture is darker: what was kept of the last one is not shown again.
                    int luma = yuv.get(0) & 0xff;
                    assertThat(luma).isLessThan(last);
                    last = luma;
                    assertThat(luma)
                            .isCloseTo(16 + (rgb.get(1) & 0xff) * 219 / 255, Offset.offset(2));
                    encoder.encode(yuv, video.pts(), video.duration());
                }
            }
        }
        try (VideoDecoder video = VideoDecoder.open("v", segment)) {
            assertThat(video.info().color()).isEqualTo(SDR);
        }
    }

    @Test
    void othersAreNotMapped() {
        assertThat(HdrToSdr.isHdr(avutil.AVCOL_TRC_BT709)).isFalse();
        assertThat(HdrToSdr.isHdr(avutil.AVCOL_TRC_UNSPECIFIED)).isFalse();
        assertThat(HdrToSdr.isHdr(avutil.AVCOL_TRC_BT2020_10)).isFalse();
    }

    private static void record(Path file, String transfer) throws Exception {
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), 64, 64)) {
            recorder.setFormat("matroska");
            recorder.setVideoCodec(avcodec.AV_CODEC_ID_FFV1);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P10);
            recorder.setVideoOption("color_trc", transfer);
            recorder.setVideoOption("color_primaries", "bt2020");
            recorder.setVideoOption("colorspace", "bt2020nc");
            recorder.setFrameRate(10);
            recorder.start();
            for (int grey : new int[] {140, 100, 60}) {
                byte[] rgb = new byte[3 * 64 * 64];
                Arrays.fill(rgb, (byte) grey);
                try (Frame frame = JavaCvFrames.frame(new Picture(64, 64, rgb))) {
                    recorder.record(frame);
                }
            }
            recorder.stop();
        }
    }

    private static void isNear(int[] rgb, int off, int want, int channel) {
        assertThat(rgb[channel])
                .as("channel %d of %d", channel, want)
                .isBetween(want - off, want + off);
    }

    /** What becomes of an SDR colour that is put into HDR. */
    private static int[] shown(int transfer, int red, int green, int blue) {
        double[] light = {linear(red), linear(green), linear(blue)};
        double[] wide = {
            0.6274 * light[0] + 0.3293 * light[1] + 0.0433 * light[2],
            0.0691 * light[0] + 0.9195 * light[1] + 0.0114 * light[2],
            0.0164 * light[0] + 0.0880 * light[1] + 0.8956 * light[2]
        };
        double luminance = 0.2627 * wide[0] + 0.6780 * wide[1] + 0.0593 * wide[2];
        double[] signal = new double[3];
        for (int c = 0; c < 3; c++) {
            signal[c] = transfer == PQ ? pq(wide[c]) : hlg(wide[c], luminance);
        }
        double y = 0.2627 * signal[0] + 0.6780 * signal[1] + 0.0593 * signal[2];
        return convert(
                transfer,
                new int[] {
                    (int) Math.round(64 + 876 * y),
                    (int) Math.round(512 + 896 * (signal[2] - y) / 1.8814),
                    (int) Math.round(512 + 896 * (signal[0] - y) / 1.4746)
                });
    }

    /** On a display whose white is 203 cd/m². */
    private static double linear(int number) {
        return 203 * Math.pow(number / 255.0, 2.4);
    }

    private static double pq(double light) {
        double power = Math.pow(light / 10_000, 2610 / 16384.0);
        return Math.pow(
                (3424 / 4096.0 + 2413 / 128.0 * power) / (1 + 2392 / 128.0 * power), 2523 / 32.0);
    }

    private static double hlg(double light, double luminance) {
        double scene =
                luminance == 0 ? 0 : light / 1000 * Math.pow(luminance / 1000, (1 - 1.2) / 1.2);
        return scene <= 1 / 12.0
                ? Math.sqrt(3 * scene)
                : 0.17883277 * Math.log(12 * scene - 0.28466892) + 0.55991073;
    }

    /** A plain picture of 10-bit codes of BT.2020 as the network sees it. */
    private static int[] convert(int transfer, int[] codes) {
        FfmpegLibraries.load();
        AVFrame frame = Ffmpeg.frame(SIDE, SIDE, avutil.AV_PIX_FMT_YUV444P10);
        frame.color_trc(transfer);
        frame.color_primaries(avutil.AVCOL_PRI_BT2020);
        frame.colorspace(avutil.AVCOL_SPC_BT2020_NCL);
        frame.color_range(avutil.AVCOL_RANGE_MPEG);
        for (int plane = 0; plane < 3; plane++) {
            short[] row = new short[SIDE];
            Arrays.fill(row, (short) codes[plane]);
            ShortPointer samples = new ShortPointer(frame.data(plane));
            for (int y = 0; y < SIDE; y++) {
                samples.position((long) y * frame.linesize(plane) / 2).put(row);
            }
        }
        StreamInfo info = SyntheticVideo.info(SIDE, SIDE);
        ByteBuffer rgb = ByteBuffer.allocateDirect(info.rgbBytes());
        try (FrameConverter converter = new FrameConverter(info, false)) {
            converter.writeRgb(frame, rgb);
        } finally {
            avutil.av_frame_free(frame);
        }
        return new int[] {rgb.get(0) & 0xff, rgb.get(1) & 0xff, rgb.get(2) & 0xff};
    }
}
