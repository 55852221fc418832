// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.file.FileNames;
import io.stdcseg.frame.Rational;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;

/** Conversions between Java's values and FFmpeg's: rationals, URLs of files, direct buffers. */
public final class FfmpegTypes {

    private FfmpegTypes() {}

    /** The fraction, or {@code otherwise} where it is unset. */
    public static Rational rational(AVRational value, Rational otherwise) {
        if (value.num() <= 0 || value.den() <= 0) {
            return otherwise;
        }
        return new Rational(value.num(), value.den());
    }

    /** The same fraction for FFmpeg. */
    public static AVRational rational(Rational value) {
        return new AVRational().num(value.numerator()).den(value.denominator());
    }

    /** The file as FFmpeg names it: never taken for a protocol, whatever characters it holds. */
    public static BytePointer url(Path file) {
        byte[] name = ("file:" + file.toAbsolutePath()).getBytes(FileNames.encoding());
        return new BytePointer(ByteBuffer.allocateDirect(name.length + 1).put(name).rewind());
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
