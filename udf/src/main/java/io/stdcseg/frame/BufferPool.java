// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Pool of a bounded number of native buffers, lent and given back: the backpressure of the frame
 * stream.
 *
 * <p>Thread-safe. Memory is taken when first needed and kept for the next loan of at most that
 * size. After {@link #close()} lent buffers are freed as they come back.
 */
public final class BufferPool implements AutoCloseable {

    /** Allocator of a pool's memory. */
    @FunctionalInterface
    public interface Allocator {

        /** Takes {@code bytes} bytes of native memory; the caller frees them. */
        Memory allocate(int bytes);
    }

    /** Memory outside the heap with one owner. */
    public interface Memory {

        /** All of it; valid until {@link #free()}. */
        ByteBuffer bytes();

        /** Gives the memory back; called once. */
        void free();
    }

    private final int capacity;
    private final Allocator allocator;
    private final Deque<Memory> idle = new ArrayDeque<>();
    private int lent;
    private boolean awake;
    private boolean closed;

    /**
     * @param capacity how many buffers may be lent at a time, at least 1
     */
    public BufferPool(int capacity, Allocator allocator) {
        if (capacity < 1) {
            throw new IllegalArgumentException("pool capacity " + capacity + " is not at least 1");
        }
        this.capacity = capacity;
        this.allocator = allocator;
    }

    /**
     * Borrows a buffer of {@code bytes} bytes, waiting until one is there.
     *
     * @return the buffer, or null if {@link #wakeUp()} or {@link #close()} ended the wait
     */
    public synchronized PooledBuffer take(int bytes) throws InterruptedException {
        while (lent == capacity && !awake && !closed) {
            wait();
        }
        awake = false;
        return poll(bytes);
    }

    /** Borrows a buffer of {@code bytes} bytes if one is there, else returns null; never waits. */
    public synchronized PooledBuffer poll(int bytes) {
        if (closed || lent == capacity) {
            return null;
        }
        Memory memory = idle.poll();
        if (memory != null && memory.bytes().capacity() < bytes) {
            memory.free();
            memory = null;
        }
        if (memory == null) {
            memory = allocator.allocate(bytes);
        }
        lent++;
        return new PooledBuffer(this, memory, bytes);
    }

    /** Makes a waiting {@link #take(int)}, or the next one, return without waiting. */
    public synchronized void wakeUp() {
        awake = true;
        notifyAll();
    }

    /** How many buffers are lent now. */
    public synchronized int lent() {
        return lent;
    }

    synchronized void giveBack(Memory memory) {
        lent--;
        if (closed) {
            memory.free();
        } else {
            idle.push(memory);
            notifyAll();
        }
    }

    /** Frees what is idle; what is lent is freed when it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        Memory memory;
        while ((memory = idle.poll()) != null) {
            memory.free();
        }
        notifyAll();
    }
}
