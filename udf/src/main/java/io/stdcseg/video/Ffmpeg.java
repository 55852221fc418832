// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.error.InputException;
import io.stdcseg.file.FileNames;
import io.stdcseg.frame.Rational;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** What every use of FFmpeg's C interface here shares: loading, error texts, small conversions. */
public final class Ffmpeg {

    private Ffmpeg() {}

    /**
     * Loads the libraries and sets the log level; does nothing the second time.
     *
     * @throws InputException if they cannot be loaded; one line that says what to do
     */
    public static void load() {
        FfmpegLibraries.check();
    }

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
            throw new FfmpegException(what + ": " + message(code), code);
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

    /** The file as FFmpeg names it: never taken for a protocol, whatever characters it holds. */
    public static BytePointer url(Path file) {
        byte[] name = ("file:" + file.toAbsolutePath()).getBytes(FileNames.encoding());
        return new BytePointer(ByteBuffer.allocateDirect(name.length + 1).put(name).rewind());
    }

    /** The fraction, or {@code otherwise} where it is unset. */
    public static Rational rational(AVRational value, Rational otherwise) {
        if (value.num() <= 0 || value.den() <= 0) {
            return otherwise;
        }
        return new Rational(value.num(), value.den());
    }

    public static AVRational rational(Rational value) {
        return new AVRational().num(value.numerator()).den(value.denominator());
    }

    /**
     * The direct buffer's memory from its position on, for a native call that ends before the
     * buffer is given back.
     */
    public static BytePointer pointer(ByteBuffer buffer, int bytes, String what) {
        if (!buffer.isDirect() || buffer.remaining() < bytes) {
            throw new IllegalArgumentException(
                    (buffer.isDirect() ? "direct" : "heap")
                            + " buffer with "
                            + buffer.remaining()
                            + " bytes left for "
                            + what
                            + "; a direct one with "
                            + bytes
                            + " is needed");
        }
        return new BytePointer(buffer);
    }
}
