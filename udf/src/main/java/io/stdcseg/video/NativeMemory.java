// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.BufferPool;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Native memory for pixels, aligned for vector instructions, outside of what Flink and the JVM
 * count as direct memory; and how much memory the process holds.
 *
 * <p>Thread-safe. Memory that is lost rather than freed goes back when the garbage collector finds
 * that neither its buffer nor a slice of it is in use.
 */
public final class NativeMemory implements BufferPool.Allocator {

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicLong HELD = new AtomicLong();

    /** Vector code may read, and swscale write, a few bytes past the last pixel. */
    private static final int PADDING = 64;

    /**
     * Loads FFmpeg.
     *
     * @throws io.stdcseg.error.InputException if it cannot be loaded; one line that says what to do
     */
    public NativeMemory() {
        FfmpegLibraries.load();
    }

    @Override
    public BufferPool.Memory allocate(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory of " + bytes + " bytes");
        }
        Pointer memory =
                Ffmpeg.allocated(avutil.av_malloc((long) bytes + PADDING), bytes + " bytes");
        ByteBuffer buffer = new BytePointer(memory).capacity(bytes).asByteBuffer();
        // Slices keep the buffer they were cut from alive, so the buffer is the thing to watch.
        Cleaner.Cleanable free = CLEANER.register(buffer, () -> free(memory, bytes));
        HELD.addAndGet(bytes);
        return new OwnedMemory(buffer, free);
    }

    /** Bytes that were allocated here and not freed yet, in this process. */
    public static long heldBytes() {
        return HELD.get();
    }

    /**
     * Bytes of physical memory that the whole process has for itself: heap, libtorch, FFmpeg and
     * all. On Linux its resident set without mapped files; 0 where the system does not say.
     */
    public static long residentBytes() {
        FfmpegLibraries.load();
        return Pointer.physicalBytes();
    }

    private static void free(Pointer memory, int bytes) {
        avutil.av_free(memory);
        HELD.addAndGet(-bytes);
    }

    private record OwnedMemory(ByteBuffer bytes, Cleaner.Cleanable cleanable)
            implements BufferPool.Memory {

        @Override
        public void free() {
            cleanable.clean();
        }
    }
}
