// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.VideoFormat;
import org.junit.jupiter.api.Test;

class BelievableSizesTest {

    /** Wider than H.264 can be. */
    private static final StreamInfo TOO_WIDE = info(16_400, 1_040);

    private final BelievableSizes any = new BelievableSizes(null);

    @Test
    void panoramasAreBelievedAndStripesAreNot() {
        assertThat(any.believes(info(1_920, 120))).isTrue();
        assertThat(any.believes(info(120, 1_920))).isTrue();
        assertThat(any.believes(info(1_936, 120))).isFalse();
        assertThat(any.believes(info(120, 1_936))).isFalse();
        assertThat(any.believes(info(120, 1_936))).isFalse();
    }

    @Test
    void whatIsWrittenHasToFitTheEncoder() {
        BelievableSizes written = new BelievableSizes(h264(null));

        assertThat(written.believes(info(1_280, 720))).isTrue();
        assertThat(written.believes(TOO_WIDE)).isFalse();
        assertThat(any.believes(TOO_WIDE)).isTrue();
    }

    @Test
    void onlyTheRowsThatAreWrittenHaveToFit() {
        assertThat(new BelievableSizes(h264(260)).believes(TOO_WIDE)).isTrue();
    }

    private static VideoFormat h264(Integer rows) {
        return VideoFormat.of(VideoCodec.H264, Container.MP4, VideoFormat.DEFAULT_QUALITY, rows);
    }

    private static StreamInfo info(int width, int height) {
        return new StreamInfo(
                "camera",
                "nothing",
                width,
                height,
                0,
                new Rational(1, 25),
                new Rational(25, 1),
                new Rational(1, 1),
                ColorMetadata.UNSPECIFIED);
    }
}
