// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatencySubjectTest {

    /** The model's scale below 10 is a factor, else a height. */
    @ParameterizedTest
    @CsvSource({
        "     ,          , 0.5 , 512x1024, 1024x2048, 0.5",
        "     ,          , 0.75, 768x1536, 1024x2048, 0.75",
        "     ,          , 360 , 360x640 , 360x640  , height 360",
        "256x512,        , 0.5 , 256x512 , 512x1024 , 0.5",
        "257x513,        , 0.75, 257x513 , 343x684  , 0.75",
        "384x640,        , 360 , 384x640 , 384x640  , 1.0",
        "     , 720x1280 , 0.5 , 360x640 , 720x1280 , 0.5",
        "     , 720x1280 , 360 , 360x640 , 720x1280 , height 360",
        "360x640, 720x1280, 0.75, 360x640, 720x1280 , 0.5",
        "512x1024, 512x1024, 0.5, 512x1024, 512x1024, 1.0"
    })
    void whatIsNotGivenFollowsFromTheModel(
            String input, String picture, double usual, String to, String from, String scale) {
        LatencySubject.Sizes sizes =
                LatencySubject.Sizes.of(size(input), size(picture), scale(usual), false);

        assertThat(sizes.input()).hasToString(to);
        assertThat(sizes.picture()).hasToString(from);
        assertThat(sizes.scale()).hasToString(scale);
        assertThat(sizes.picture().resized(sizes.scale())).isEqualTo(sizes.input());
    }

    @Test
    void aSizeThatNoScaleMakesIsRefused() {
        assertThatThrownBy(
                        () ->
                                LatencySubject.Sizes.of(
                                        size("512x1024"), size("720x1280"), scale(0.5), false))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--input 512x1024 does not fit: a picture of 720x1280 becomes 360x640 at"
                                + " scale 0.5, and no other makes that size");
    }

    @Test
    void aScaleThatTheUserChoseIsNotReplaced() {
        assertThatThrownBy(
                        () ->
                                LatencySubject.Sizes.of(
                                        size("64x64"), size("64x64"), scale(0.5), true))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--input 64x64 does not fit: a picture of 64x64 becomes 32x32 at scale"
                                + " 0.5");
    }

    private static InputSize size(String text) {
        return text == null ? null : InputSize.parse(text);
    }

    private static InputScale scale(double number) {
        return number < 10 ? InputScale.by(number) : InputScale.toHeight((int) number);
    }
}
