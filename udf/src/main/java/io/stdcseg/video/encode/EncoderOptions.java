// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

/**
 * How segments are encoded. Equal options, size and colours give equal parameter sets, so that
 * segments of one stream can be joined.
 *
 * @param threads of the encoder, at least 1; each codes a slice of the picture
 * @param keyFrameSeconds longest time between key frames, above 0
 */
public record EncoderOptions(int threads, double keyFrameSeconds) {

    /** Two threads, a key frame every two seconds. */
    public static final EncoderOptions DEFAULT = new EncoderOptions(2, 2);

    public EncoderOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("encoder threads " + threads + " is not at least 1");
        }
        if (!(keyFrameSeconds > 0)) {
            throw new IllegalArgumentException(
                    "key frame interval " + keyFrameSeconds + " s is not above 0");
        }
    }
}
