// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.track;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioExtentTest {

    /** Tenths of a second of sound, all equally far from each other. */
    @ParameterizedTest
    @CsvSource({
        // as long as its video, or a little longer
        "440, 0.1, 44, false",
        "440, 0.1, 43.5, false",
        // spread over twice and forty times its length
        "440, 0.23, 44, true",
        "40, 4, 4, true",
        // a little more sound than video, spread
        "460, 0.23, 44, true",
        // gaps that fit the video
        "440, 0.23, 102, false",
        "440, 0.23, 101, false",
        // a torn video: no times would make the sound fit
        "900, 0.11, 10, false",
        // real gaps, and sound that goes on after the video
        "35900, 0.1003, 3598, false",
    })
    void believesTimesUnlessSoundFitsOnlyWithoutThem(
            int pieces, double distance, double videoEnd, boolean mistimed) {
        AudioExtent extent = new AudioExtent();
        for (int i = 0; i < pieces; i++) {
            extent.add(i * distance, 0.1);
        }
        assertThat(extent.isMistimed(videoEnd)).isEqualTo(mistimed);
    }
}
