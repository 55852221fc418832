// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import org.bytedeco.javacpp.Pointer;

/** Memory of the whole process: heap, libtorch, FFmpeg and all. */
public final class ProcessMemory {

    private ProcessMemory() {}

    /**
     * Bytes of physical memory that the process has for itself; on Linux its resident set without
     * mapped files. 0 where the system does not say.
     */
    public static long residentBytes() {
        Ffmpeg.load();
        return Pointer.physicalBytes();
    }
}
