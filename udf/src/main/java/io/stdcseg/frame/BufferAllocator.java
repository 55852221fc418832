// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;

/** Where a {@link BufferPool} gets memory from. */
@FunctionalInterface
public interface BufferAllocator {

    /** Takes {@code bytes} bytes of native memory; the caller frees them. */
    Memory allocate(int bytes);

    /** Memory outside the heap with one owner. */
    interface Memory {

        /** All of it; valid until {@link #free()}. */
        ByteBuffer bytes();

        /** Gives the memory back; called once. */
        void free();
    }
}
