// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Buffer on loan from a {@link BufferPool}. Thread-safe; closing it twice does nothing the second
 * time.
 */
public final class PooledBuffer implements AutoCloseable {

    private final AtomicReference<BufferPool> owner;
    private final BufferPool.Memory memory;
    private final ByteBuffer bytes;

    PooledBuffer(BufferPool owner, BufferPool.Memory memory, int size) {
        this.owner = new AtomicReference<>(owner);
        this.memory = memory;
        this.bytes = memory.bytes().slice(0, size);
    }

    /** How many bytes were asked for. */
    public int size() {
        return bytes.capacity();
    }

    /**
     * The borrowed bytes: exactly as many as were asked for. Not to be touched after {@link
     * #close()}.
     *
     * @throws IllegalStateException after {@link #close()}: they may be somebody else's
     */
    public ByteBuffer bytes() {
        if (owner.get() == null) {
            throw new IllegalStateException(
                    "buffer of " + size() + " bytes was given back; its bytes may be another's");
        }
        return bytes;
    }

    @Override
    public void close() {
        BufferPool pool = owner.getAndSet(null);
        if (pool != null) {
            pool.giveBack(memory);
        }
    }
}
