// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.frame.BufferPool;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class ProcessMemoryTest {

    @Test
    void holdsWhatWasWritten() {
        int bytes = 1 << 26;
        BufferPool.Memory written = new NativeMemory().allocate(bytes);
        for (int i = 0; i < bytes; i += 1024) {
            written.bytes().put(i, (byte) 1);
        }

        assertThat(ProcessMemory.residentBytes())
                .isGreaterThan(bytes)
                .isLessThan(Pointer.totalPhysicalBytes());
        written.free();
    }
}
