// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

/** A call of FFmpeg failed. */
public final class FfmpegException extends RuntimeException {

    private final int code;

    public FfmpegException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** FFmpeg's negative return code. */
    int code() {
        return code;
    }
}
