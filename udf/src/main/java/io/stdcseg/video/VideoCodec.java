// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.util.Locale;
import org.bytedeco.ffmpeg.global.avcodec;

/** Codec of a video: the format that its pictures are coded in. */
public enum VideoCodec {
    H264(avcodec.AV_CODEC_ID_H264),
    HEVC(avcodec.AV_CODEC_ID_HEVC),
    AV1(avcodec.AV_CODEC_ID_AV1),
    VP9(avcodec.AV_CODEC_ID_VP9),
    VP8(avcodec.AV_CODEC_ID_VP8),
    MPEG4(avcodec.AV_CODEC_ID_MPEG4);

    private final int id;

    VideoCodec(int id) {
        this.id = id;
    }

    /** FFmpeg's number. */
    public int id() {
        return id;
    }

    /** As users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
