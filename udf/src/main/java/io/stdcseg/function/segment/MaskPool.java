// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.StreamInfo;

/**
 * Memory of a subtask's masks, or of what else there is once for a frame. There are two more than
 * frames in flight: one for the frame that its last reader holds, one for the frame being
 * submitted. They are taken in the order of submission, so that a later frame that is done cannot
 * starve an earlier one.
 */
final class MaskPool implements AutoCloseable {

    private final BufferPool buffers;

    /**
     * @param capacity most frames in flight
     */
    MaskPool(int capacity, BufferPool.Allocator allocator) {
        buffers = new BufferPool(capacity + 2, allocator);
    }

    /** A mask of a stream's size, to be filled; waits for one. */
    Mask mask(StreamInfo stream) throws InterruptedException {
        return new Mask(stream.displayWidth(), stream.displayHeight(), take(stream.maskBytes()));
    }

    /** A confidence of a stream's size, to be filled; waits for one. */
    Confidence confidence(StreamInfo stream) throws InterruptedException {
        int pixels = stream.maskBytes();
        return new Confidence(pixels, take(Confidence.BYTES * pixels));
    }

    private PooledBuffer take(int bytes) throws InterruptedException {
        PooledBuffer buffer = buffers.take(bytes);
        if (buffer == null) {
            throw new IllegalStateException("masks are closed");
        }
        return buffer;
    }

    @Override
    public void close() {
        buffers.close();
    }
}
