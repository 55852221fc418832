// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * Decoding in hardware: whether the unit of a card of NVIDIA's decodes a video, which leaves the
 * processor alone. Its decoders give pictures in the machine's memory, as those in software do, but
 * neither the motion between them nor as exact an account of damage.
 */
public enum HardwareDecoding {
    /** Where there is such a card and it has the codec; in software elsewhere. */
    AUTO,
    /** In software. */
    NONE,
    /** By a card, or not at all. */
    CUDA;

    /** Names of FFmpeg's decoders; whether the card at hand has them opening one of them shows. */
    private static final Map<Integer, String> CUVID =
            Map.of(
                    avcodec.AV_CODEC_ID_H264, "h264_cuvid",
                    avcodec.AV_CODEC_ID_HEVC, "hevc_cuvid",
                    avcodec.AV_CODEC_ID_AV1, "av1_cuvid");

    /** The decoder to try first for a codec, by FFmpeg's number; empty if none is to be tried. */
    Optional<AVCodec> decoder(int codec) {
        return this == NONE
                ? Optional.empty()
                : Optional.ofNullable(CUVID.get(codec))
                        .map(avcodec::avcodec_find_decoder_by_name)
                        .filter(decoder -> !decoder.isNull());
    }
}
