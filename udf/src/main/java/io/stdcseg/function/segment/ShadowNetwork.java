// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.Mask;
import io.stdcseg.inference.NetworkCall;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Share of a subtask in the job's {@link Shadow}, and the memory of its masks. */
final class ShadowNetwork implements AutoCloseable {

    private final int every;
    private final SharedNetwork.Lease network;
    private final MaskPool masks;

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
        masks = new MaskPool(capacity, allocator);
    }

    /** A mask for a frame, to be filled; null of one that it does not see. */
    Mask take(Frame frame) throws InterruptedException {
        if (frame.index() % every != 0) {
            return null;
        }
        return masks.mask(frame.info());
    }

    /** Fills a frame's mask. */
    CompletableFuture<NetworkCall> segment(Frame frame, FrameMaps maps) {
        return network.segment(maps.shadowRequest(frame));
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
