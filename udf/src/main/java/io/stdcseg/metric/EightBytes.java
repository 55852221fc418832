// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Comparisons of eight bytes at once, without branches. */
final class EightBytes {

    /** So many bytes are copied from a buffer to an array, which is faster to read. */
    static final int MANY = 4096;

    private static final VarHandle VIEW =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** All bits of each byte but its top one. */
    private static final long LOW = 0x7f7f7f7f7f7f7f7fL;

    /** The top bit of each byte. */
    static final long TOP = ~LOW;

    private static final long ONES = 0x0101010101010101L;

    private EightBytes() {}

    static long get(byte[] bytes, int at) {
        return (long) VIEW.get(bytes, at);
    }

    static void set(byte[] bytes, int at, long value) {
        VIEW.set(bytes, at, value);
    }

    /** The top bit of each byte says whether it differs; all others are clear. */
    static long differing(long left, long right) {
        long bits = left ^ right;
        return (((bits & LOW) + LOW) | bits) & TOP;
    }

    /** The top bit of each byte says whether all its bits are set; all others are clear. */
    static long full(long bytes) {
        return ~differing(bytes, -1) & TOP;
    }

    /** How many bytes, without sign, are below a limit of 1 to 128. */
    static int below(int limit, long bytes) {
        long reached = ((bytes & LOW) + (128 - limit) * ONES) | bytes;
        return Long.bitCount(~reached & TOP);
    }

    /**
     * Top bits of eight words as one: bit m of byte n becomes bit n of byte m (Warren, "Hacker's
     * Delight", 7-3).
     */
    static long transposed(long bits) {
        long x = bits;
        long swapped = (x ^ (x >>> 7)) & 0x00aa00aa00aa00aaL;
        x ^= swapped ^ (swapped << 7);
        swapped = (x ^ (x >>> 14)) & 0x0000cccc0000ccccL;
        x ^= swapped ^ (swapped << 14);
        swapped = (x ^ (x >>> 28)) & 0x00000000f0f0f0f0L;
        return x ^ swapped ^ (swapped << 28);
    }
}
