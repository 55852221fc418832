// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

/**
 * How a video is decoded.
 *
 * @param threads of the decoder, at least 1
 * @param strict whether the first corrupted packet ends decoding with an error; otherwise such
 *     packets are left out and counted
 */
public record DecodeOptions(int threads, boolean strict) {

    /** Two threads, lenient: what FFmpeg's own tools decode is decoded. */
    public static final DecodeOptions DEFAULT = new DecodeOptions(2, false);

    public DecodeOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("decoder threads " + threads + " is not at least 1");
        }
    }
}
