// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import java.util.List;

/**
 * A network ready to segment pictures, on one device.
 *
 * <p>Thread-safe but for {@link #close()}, which may come only after the last call has returned.
 */
public interface Segmenter extends AutoCloseable {

    /** What is running. */
    NetworkInfo info();

    /** What train ids in masks mean. */
    LabelSet labels();

    /**
     * Segments pictures of one size in one call of the network; fills their masks before it
     * returns.
     *
     * @param batch at least one picture
     */
    void segment(List<SegmentRequest> batch);

    /** Whether a call failed for want of memory, which fewer pictures may need less of. */
    default boolean ranOutOfMemory(RuntimeException failure) {
        return false;
    }

    /** Frees the network. */
    @Override
    void close();
}
