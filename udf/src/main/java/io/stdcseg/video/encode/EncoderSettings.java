// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Settings of a video encoder: FFmpeg's options for it, and what it takes.
 *
 * @param options each a name and a value
 * @param minSide least width and height of a picture
 * @param maxThreads most threads that do it good
 * @param quantiser the quantiser for a {@link Quality}
 * @param quantiserOptions the options that get it, each a name and an equals sign
 */
record EncoderSettings(
        List<String> options,
        int minSide,
        int maxThreads,
        IntUnaryOperator quantiser,
        List<String> quantiserOptions) {

    /** Options of an encoder that takes every size and any number of threads. */
    EncoderSettings(String... options) {
        this(List.of(options), 1, Integer.MAX_VALUE, null, List.of());
    }

    EncoderSettings minSide(int least) {
        return new EncoderSettings(options, least, maxThreads, quantiser, quantiserOptions);
    }

    EncoderSettings maxThreads(int most) {
        return new EncoderSettings(options, minSide, most, quantiser, quantiserOptions);
    }

    EncoderSettings quantiser(IntUnaryOperator byQuality, String... names) {
        return new EncoderSettings(options, minSide, maxThreads, byQuality, List.of(names));
    }

    /** The options that set a quality. */
    List<String> quantisers(int quality) {
        int value = quantiser.applyAsInt(quality);
        return quantiserOptions.stream().map(option -> option + value).toList();
    }
}
