// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.Pointer;

/**
 * Calls of FFmpeg's C interface: return codes become exceptions, and so do allocations that failed.
 */
public final class Ffmpeg {

    private Ffmpeg() {}

    /** FFmpeg's words for one of its negative return codes. */
    public static String message(int code) {
        byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
        avutil.av_strerror(code, text, text.length);
        int end = 0;
        while (end < text.length && text[end] != 0) {
            end++;
        }
        return new String(text, 0, end, StandardCharsets.UTF_8);
    }

    /** Returns a code that is not negative, else throws with what was tried and why it failed. */
    public static int check(int code, String what) {
        if (code < 0) {
            throw new FfmpegException(what + ": " + message(code));
        }
        return code;
    }

    /** Returns what was allocated; an absent pointer means that memory ran out. */
    public static <T extends Pointer> T allocated(T pointer, String what) {
        if (pointer == null || pointer.isNull()) {
            throw new OutOfMemoryError("FFmpeg cannot allocate " + what);
        }
        return pointer;
    }

    /** An empty packet; the caller frees it. */
    public static AVPacket packet() {
        return allocated(avcodec.av_packet_alloc(), "a packet");
    }

    /** A picture or sound without content; the caller frees it. */
    public static AVFrame frame() {
        return allocated(avutil.av_frame_alloc(), "a frame");
    }

    /** A picture with memory of its own; the caller frees it. */
    public static AVFrame frame(int width, int height, int pixelFormat) {
        AVFrame frame = frame();
        frame.width(width).height(height).format(pixelFormat);
        int code = avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw new OutOfMemoryError(
                    "FFmpeg cannot allocate a picture of "
                            + width
                            + "x"
                            + height
                            + ": "
                            + message(code));
        }
        return frame;
    }

    /** A copy for another owner; empty where the original is. */
    public static AVDictionary copy(AVDictionary original) {
        AVDictionary copy = new AVDictionary(null);
        int code = avutil.av_dict_copy(copy, original, 0);
        if (code < 0) {
            avutil.av_dict_free(copy);
        }
        check(code, "copy metadata");
        return copy;
    }

    /** A call of FFmpeg failed. */
    public static final class FfmpegException extends RuntimeException {

        public FfmpegException(String message) {
            super(message);
        }
    }
}
