// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import java.util.Set;
import org.bytedeco.ffmpeg.global.avutil;

/** Codec that sound becomes where it is not copied. */
enum SoundCodec {
    AAC(
            "aac",
            avutil.AV_SAMPLE_FMT_FLTP,
            Set.of(
                    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000,
                    11_025, 8_000)),

    OPUS("libopus", avutil.AV_SAMPLE_FMT_FLT, Set.of(48_000, 24_000, 16_000, 12_000, 8_000));

    private static final int USUAL_RATE = 48_000;

    private final String encoder;
    private final int sampleFormat;
    private final Set<Integer> rates;

    SoundCodec(String encoder, int sampleFormat, Set<Integer> rates) {
        this.encoder = encoder;
        this.sampleFormat = sampleFormat;
        this.rates = rates;
    }

    /** FFmpeg's name. */
    String encoder() {
        return encoder;
    }

    int sampleFormat() {
        return sampleFormat;
    }

    /** The rate that sound of a rate gets, in samples per second. */
    int rateFor(int rate) {
        return rates.contains(rate) ? rate : USUAL_RATE;
    }
}
