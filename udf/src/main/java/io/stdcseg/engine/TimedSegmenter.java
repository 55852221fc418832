// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.List;
import java.util.Optional;

/** A segmenter whose network may be called alone, so that both can be timed. */
public interface TimedSegmenter extends Segmenter {

    /**
     * The network alone, on these pictures as it sees them.
     *
     * @return empty where it cannot be told from the rest; the caller closes it
     */
    Optional<NetworkCall> network(List<SegmentRequest> pictures);

    /**
     * A network without what comes before and after it, on one input in the device's memory; only
     * timing needs it. For one thread at a time.
     */
    interface NetworkCall extends AutoCloseable {

        /** Computes scores and waits until they are there. */
        void await();

        @Override
        default void close() {}
    }
}
