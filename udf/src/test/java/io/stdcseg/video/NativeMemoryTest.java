// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.BufferPool;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

    private final NativeMemory memory = new NativeMemory();

    @Test
    void givesAlignedDirectBytes() {
        BufferPool.Memory taken = memory.allocate(1001);
        assertThat(taken.bytes().isDirect()).isTrue();
        assertThat(taken.bytes().capacity()).isEqualTo(1001);
        assertThat(taken.bytes().alignmentOffset(0, 16)).isZero();
        taken.bytes().put(1000, (byte) 7);
        assertThat(taken.bytes().get(1000)).isEqualTo((byte) 7);
        taken.free();
        taken.free();
    }

    @Test
    void countsWhatIsHeld() {
        int bytes = 1 << 28;
        // Less than a byte's accuracy: what other tests lost may be found meanwhile.
        long halfOfItMore = NativeMemory.heldBytes() + bytes / 2;
        BufferPool.Memory taken = memory.allocate(bytes);
        assertThat(NativeMemory.heldBytes()).isGreaterThan(halfOfItMore);

        taken.free();
        taken.free();

        assertThat(NativeMemory.heldBytes()).isBetween(halfOfItMore - bytes, halfOfItMore);
    }

    @Test
    void countsWhatTheProcessHas() {
        int bytes = 1 << 26;
        BufferPool.Memory written = memory.allocate(bytes);
        for (int i = 0; i < bytes; i += 1024) {
            written.bytes().put(i, (byte) 1);
        }

        assertThat(NativeMemory.residentBytes())
                .isGreaterThan(bytes)
                .isLessThan(Pointer.totalPhysicalBytes());
        written.free();
    }

    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> memory.allocate(-1)).hasMessage("memory of -1 bytes");
    }
}
