// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.Demuxer;
import io.stdcseg.video.FfmpegTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real videos written in segments and joined: same pictures, times, rotation and sound. */
class RoundTripRealDataTest {

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "road/motorway_short_720p.mp4, 36",
        "awkward/rotated__decord_video_90.mov, 38",
        "awkward/vfr__torchcodec_var_fps_video.mp4, 38",
        "awkward/odddim__exo_bear-vp9-odd-dimensions.webm, 0",
        "awkward/editlist__fate_mov-2elist-elist1-ends-bframe.mp4, 38",
        "awkward/fragmented__exo_sample_fragmented.mp4, 38",
        "awkward/yuv444__fate_anim.mkv, 35",
        "awkward/10bit__torchcodec_h264_10bits.mp4, 38",
    })
    void keepsPicturesAndTimes(String name, int psnr) throws Exception {
        Path source = SharedData.require("videos/" + name);
        Path output = folder.resolve("out.mp4");
        RoundTrip.rewrite(source, 3, folder, output);
        RoundTrip.Decoded before = RoundTrip.decode(source);
        RoundTrip.Decoded after = RoundTrip.decode(output);
        StreamInfo info = before.info();
        assertThat(after.pts()).isEqualTo(before.pts());
        assertThat(after.info().timeBase()).isEqualTo(info.timeBase());
        assertThat(after.info().rotation()).isEqualTo(info.rotation());
        assertThat(after.info().color()).isEqualTo(info.color());
        assertThat(after.info().width()).isEqualTo(VideoEncoder.even(info.width()));
        assertThat(after.info().height()).isEqualTo(VideoEncoder.even(info.height()));
        if (info.width() == after.info().width() && info.height() == after.info().height()) {
            int pixels = info.width() * info.height();
            for (int i = 0; i < before.yuv().size(); i++) {
                assertThat(RoundTrip.psnr(before.yuv().get(i), after.yuv().get(i), pixels))
                        .isGreaterThan(psnr);
            }
        }
    }

    /** Number of tracks, and how far the sound's first and last packet may move, in seconds. */
    @ParameterizedTest
    @CsvSource({
        "awkward/multistream__torchcodec_nasa_13013.mp4, 2, 0",
        "awkward/ts__exo_bbb_2500ms.ts, 1, 0.06",
    })
    void keepsSound(String name, int tracks, double tolerance) throws Exception {
        Path source = SharedData.require("videos/" + name);
        Path output = folder.resolve("out.mp4");
        RoundTrip.rewrite(source, 2, folder, output);
        List<double[]> before = sound(source);
        List<double[]> after = sound(output);
        assertThat(before).hasSize(tracks);
        assertThat(after).hasSize(tracks);
        for (int i = 0; i < tracks; i++) {
            assertThat(after.get(i)[0]).isCloseTo(before.get(i)[0], Offset.offset(tolerance));
            assertThat(after.get(i)[1]).isCloseTo(before.get(i)[1], Offset.offset(tolerance));
        }
    }

    /** Times of the first and last packet of each track. */
    private static List<double[]> sound(Path file) {
        List<double[]> tracks = new ArrayList<>();
        try (Demuxer demuxer = Demuxer.open(file)) {
            AVPacket packet = avcodec.av_packet_alloc();
            double[][] times = new double[demuxer.streams()][];
            while (demuxer.read(packet)) {
                int stream = packet.stream_index();
                if (demuxer.stream(stream).codecpar().codec_type() == avutil.AVMEDIA_TYPE_AUDIO) {
                    double second =
                            packet.pts()
                                    * FfmpegTypes.rational(demuxer.stream(stream).time_base(), null)
                                            .value();
                    if (times[stream] == null) {
                        times[stream] = new double[] {second, second};
                    }
                    times[stream][1] = second;
                }
                avcodec.av_packet_unref(packet);
            }
            avcodec.av_packet_free(packet);
            for (double[] track : times) {
                if (track != null) {
                    tracks.add(track);
                }
            }
        }
        return tracks;
    }
}
