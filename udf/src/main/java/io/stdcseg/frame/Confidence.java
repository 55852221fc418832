// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;

/**
 * Confidence of a mask, from the softmax scores of the classes at each pixel of the upright
 * picture: 8 bits for 0 to 1. Borrowed from a {@link BufferPool} like a frame's pixels.
 */
public final class Confidence implements AutoCloseable {

    /** Bytes of a pixel. */
    public static final int BYTES = 2;

    private final int pixels;
    private final PooledBuffer bytes;

    /**
     * @param bytes {@link #BYTES} for each pixel: all margins, then all highest scores
     */
    public Confidence(int pixels, PooledBuffer bytes) {
        if (bytes.size() != BYTES * pixels) {
            throw new IllegalArgumentException(
                    "buffer of " + bytes.size() + " bytes for the confidence of " + pixels);
        }
        this.pixels = pixels;
        this.bytes = bytes;
    }

    /** The two highest scores' difference, row by row. */
    public ByteBuffer margins() {
        return bytes.bytes().slice(0, pixels);
    }

    /** The highest score, row by row. */
    public ByteBuffer highest() {
        return bytes.bytes().slice(pixels, pixels);
    }

    /** All of it, to be filled. */
    public ByteBuffer bytes() {
        return bytes.bytes().slice(0, BYTES * pixels);
    }

    /** Gives the buffer back; further calls do nothing. */
    @Override
    public void close() {
        bytes.close();
    }
}
