// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import com.sun.jna.NativeLibrary;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Heap of native code: what engines and codecs allocate. The C library of Linux keeps what they
 * free, in up to eight arenas for each core, for those threads that come to them again.
 */
public final class NativeHeap {

    private static final Logger LOG = LoggerFactory.getLogger(NativeHeap.class);

    /** Bytes that stay at the end of the heap. */
    private static final long KEPT = 0;

    private NativeHeap() {}

    /**
     * Gives memory that was freed back to the system, which takes some milliseconds. Does nothing
     * where the C library has no such call.
     *
     * @see <a href="https://man7.org/linux/man-pages/man3/malloc_trim.3.html">malloc_trim</a>
     */
    public static void trim() {
        if (!Platform.isLinux()) {
            return;
        }
        try {
            NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
                    .getFunction("malloc_trim")
                    .invokeInt(new Object[] {new NativeLong(KEPT)});
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("freed memory stays with the process", e);
        }
    }
}
