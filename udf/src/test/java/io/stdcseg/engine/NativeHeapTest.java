// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeHeapTest {

    private static final int BLOCKS = 4000;

    /** Bytes, less than what the C library maps by itself. */
    private static final int BLOCK = 50_000;

    /** Of so many blocks one stays, so that those between cannot simply be cut off. */
    private static final int STAYS = 20;

    @Test
    void givesBackWhatWasFreed() throws IOException {
        assumeThat(trims()).as("a C library with malloc_trim").isTrue();
        List<Memory> blocks = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            Memory block = new Memory(BLOCK);
            block.clear();
            blocks.add(block);
        }
        for (int i = 0; i < BLOCKS; i++) {
            if (i % STAYS > 0) {
                blocks.get(i).close();
            }
        }
        long before = residentBytes();

        NativeHeap.trim();

        assertThat(before - residentBytes()).isGreaterThan((long) BLOCKS * BLOCK / 2);
        blocks.forEach(Memory::close);
    }

    private static boolean trims() {
        try {
            return Platform.isLinux()
                    && NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("malloc_trim")
                            != null;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static long residentBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
