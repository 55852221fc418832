// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.testing.SharedData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every picture of real files, the awkward ones included. */
class VideoDecoderRealDataTest {

    @ParameterizedTest
    @CsvSource({
        "road/lanes_540p.mp4, 221",
        "road/motorway_720p.mp4, 88",
        "road/motorway_short_720p.mp4, 38",
        "road/night_1080p_mpeg4.mp4, 157",
        "road/road_360p.mp4, 1290",
        "awkward/10bit__torchcodec_h264_10bits.mp4, 30",
        "awkward/bframes_pyramid__fate_h264_4bf_pyramid_nobsrestriction.mp4, 25",
        "awkward/broken_sps__fate_brokensps.mp4, 79",
        "awkward/editlist__fate_mov-2elist-elist1-ends-bframe.mp4, 42",
        "awkward/fragmented__exo_sample_fragmented.mp4, 30",
        "awkward/interlaced__fate_interlaced_crop.mp4, 126",
        "awkward/multistream__torchcodec_nasa_13013.mp4, 390",
        "awkward/odddim__exo_bear-vp9-odd-dimensions.webm, 30",
        "awkward/rotated__decord_video_90.mov, 3",
        "awkward/starts_nonkeyframe_bframes720__fate_mp4-init-nonkeyframe.mp4, 27",
        "awkward/tiny_82x144__fate_h264small.mp4, 74",
        "awkward/ts__exo_bbb_2500ms.ts, 58",
        "awkward/vfr__torchcodec_var_fps_video.mp4, 300",
        "awkward/yuv444__fate_anim.mkv, 71",
    })
    void givesEveryPictureInOrder(String name, int pictures) {
        Path file = SharedData.require("videos/" + name);
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            ByteBuffer rgb = ByteBuffer.allocateDirect(video.info().rgbBytes());
            ByteBuffer yuv = ByteBuffer.allocateDirect(video.info().yuvBytes());
            long last = Long.MIN_VALUE;
            int count = 0;
            while (video.advance()) {
                assertThat(video.pts()).isGreaterThan(last);
                last = video.pts();
                if (count++ % 50 == 0) {
                    video.writeRgb(rgb);
                    video.writeYuv(yuv);
                }
            }
            assertThat(count).isEqualTo(pictures);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "audio_only_mp4__exo_sample_opus.mp4, 'it has no video stream, only sound'",
        "encrypted__fate_mov-3elist-encrypted.mp4, it is encrypted",
        "onebyte__carnd.mp4, not a video or incomplete",
        "truncated_48bytes__carnd.mp4, not a video or incomplete",
        "truncated_mdat__fate_mp4-with-mov-in24-ver.mp4, it may be truncated",
    })
    void refusesWhatHoldsNoPicture(String name, String reason) {
        Path file = SharedData.require("videos/awkward/" + name);
        assertThatThrownBy(() -> VideoDecoder.open("v", file).close())
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("video " + file + " cannot be read: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }
}
