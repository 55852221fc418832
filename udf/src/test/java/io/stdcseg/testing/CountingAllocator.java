// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.frame.BufferPool;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** Allocator of direct memory that counts what was taken and given back. */
public final class CountingAllocator implements BufferPool.Allocator {

    private final AtomicInteger allocated = new AtomicInteger();
    private final AtomicInteger freed = new AtomicInteger();

    @Override
    public BufferPool.Memory allocate(int bytes) {
        allocated.incrementAndGet();
        ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
        return new BufferPool.Memory() {
            @Override
            public ByteBuffer bytes() {
                return memory;
            }

            @Override
            public void free() {
                freed.incrementAndGet();
            }
        };
    }

    public int allocated() {
        return allocated.get();
    }

    public int freed() {
        return freed.get();
    }
}
