// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;

/**
 * Segmentation mask: one train id per pixel of the upright picture, in rows; borrowed from a {@link
 * BufferPool} like a frame's pixels.
 */
public final class Mask implements AutoCloseable {

    private final int width;
    private final int height;
    private final PooledBuffer ids;

    public Mask(int width, int height, PooledBuffer ids) {
        if (ids.size() != width * height) {
            throw new IllegalArgumentException(
                    "buffer of " + ids.size() + " bytes for a mask of " + width + "x" + height);
        }
        this.width = width;
        this.height = height;
        this.ids = ids;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Train ids, row by row; position 0, capacity width times height. */
    public ByteBuffer ids() {
        return ids.bytes().slice(0, width * height);
    }

    /** Gives the buffer back; further calls do nothing. */
    @Override
    public void close() {
        ids.close();
    }
}
