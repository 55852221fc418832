// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.frame.StreamInfo;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Queue of decoded pictures of a stream that wait to become frames. Bounded in time and in memory:
 * what waits for too long is left out, and counted. Thread-safe; owns the pictures.
 */
final class PictureQueue {

    /** Of all pictures that wait; at least the newest may. */
    static final long MOST_BYTES = 256L << 20;

    private final long lagNanos;
    private final long mostBytes;
    private final Deque<WaitingPicture> waiting = new ArrayDeque<>();
    private LivePosition tail;
    private long dropped;
    private long bytes;
    private boolean closed;

    /**
     * @param lagNanos age beyond which pictures are left out; {@link Long#MAX_VALUE} for never
     * @param start what the position goes on from
     */
    PictureQueue(long lagNanos, long mostBytes, LivePosition start) {
        this.lagNanos = lagNanos;
        this.mostBytes = mostBytes;
        this.tail = start;
        this.dropped = start.dropped();
    }

    /** Adds the next picture; the queue owns it. */
    synchronized void add(WaitingPicture picture) {
        if (closed) {
            picture.free();
            return;
        }
        waiting.add(picture);
        bytes += picture.bytes();
        tail = picture.after();
        while (waiting.size() > 1 && bytes > mostBytes) {
            drop();
        }
        dropOld();
        notifyAll();
    }

    /** The position moves on without a picture that waits. */
    synchronized void moveTo(LivePosition position) {
        tail = position;
    }

    /** Waits until fewer than {@code most} wait. */
    synchronized void awaitRoom(int most) throws InterruptedException {
        while (waiting.size() >= most && !closed) {
            wait();
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** The oldest, without taking it; null if none waits. */
    synchronized WaitingPicture peek() {
        dropOld();
        return waiting.peek();
    }

    /** Takes the oldest, which is the caller's; null if none waits, or one of another kind. */
    synchronized Taken poll(StreamInfo info) {
        dropOld();
        WaitingPicture picture = waiting.peek();
        if (picture == null || !picture.info().equals(info)) {
            return null;
        }
        waiting.remove();
        bytes -= picture.bytes();
        notifyAll();
        return new Taken(picture, picture.after().withDropped(dropped));
    }

    /** A picture, and the position behind it. */
    record Taken(WaitingPicture picture, LivePosition reached) {}

    /** Position before the oldest that waits; if none does, behind all there was. */
    synchronized LivePosition position() {
        dropOld();
        WaitingPicture oldest = waiting.peek();
        return (oldest == null ? tail : oldest.before()).withDropped(dropped);
    }

    private void dropOld() {
        if (lagNanos == Long.MAX_VALUE) {
            return;
        }
        long now = System.nanoTime();
        while (!waiting.isEmpty() && now - waiting.peek().arrivedNanos() > lagNanos) {
            drop();
        }
    }

    private void drop() {
        WaitingPicture oldest = waiting.remove();
        bytes -= oldest.bytes();
        oldest.free();
        dropped++;
    }

    /** Frees all; what comes later is freed at once. */
    synchronized void close() {
        closed = true;
        waiting.forEach(WaitingPicture::free);
        waiting.clear();
        notifyAll();
    }
}
