// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.PooledBuffer;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Share of a subtask in the job's {@link Shadow}, and the memory of its masks. */
final class ShadowNetwork implements AutoCloseable {

    private final int every;
    private final SharedNetwork.Lease network;
    private final BufferPool masks;

    /**
     * Loads the network if this is the job's first share of it in the process.
     *
     * @param capacity most frames in flight
     */
    ShadowNetwork(
            Shadow shadow,
            RuntimeContext context,
            SharedNetworks networks,
            BufferPool.Allocator allocator,
            int capacity) {
        every = shadow.every();
        network =
                networks.acquire(
                        context.getJobInfo().getJobId().toString(),
                        CachedWeights.here(shadow.options(), context));
        masks = new BufferPool(capacity + 2, allocator);
    }

    /** A mask for a frame, to be filled; null of one that it does not see. */
    Mask take(Frame frame) throws InterruptedException {
        if (frame.index() % every != 0) {
            return null;
        }
        StreamInfo info = frame.info();
        PooledBuffer buffer = masks.take(info.maskBytes());
        if (buffer == null) {
            throw new IllegalStateException("masks are closed");
        }
        return new Mask(info.displayWidth(), info.displayHeight(), buffer);
    }

    /** Fills a frame's mask. */
    CompletableFuture<NetworkCall> segment(Frame frame, Mask mask) {
        return network.segment(
                new SegmentRequest(
                        mask.width(),
                        mask.height(),
                        frame.picture(),
                        frame.yuvToRgb(),
                        mask.ids(),
                        null,
                        null));
    }

    /** Lets pictures that wait for a batch go at once. */
    void flush() {
        network.flush();
    }

    @Override
    public void close() {
        network.close();
        masks.close();
    }
}
