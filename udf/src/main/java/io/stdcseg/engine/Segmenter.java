// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.util.List;
import java.util.Optional;

/**
 * Segmenter: a network ready to segment pictures, on one device.
 *
 * <p>Thread-safe but for {@link #close()}, which may come only after the last call has returned.
 */
public interface Segmenter extends AutoCloseable {

    /** What is running. */
    NetworkInfo info();

    /** What train ids in masks mean. */
    LabelSet labels();

    /**
     * The one scale at which the network sees pictures, unless a request asks for another; empty if
     * there are several, and if requests cannot ask for another.
     */
    default Optional<InputScale> scale() {
        return Optional.empty();
    }

    /**
     * Whether requests may have planes in the place of RGB, and better have: half the bytes cross
     * to its device, which makes RGB of them, so that who decodes pictures need not.
     */
    default boolean takesPlanes() {
        return false;
    }

    /**
     * Segments pictures of one size, scale and kind in one call of the network; fills their masks
     * before it returns.
     *
     * @param batch at least one picture
     */
    void segment(List<SegmentRequest> batch);

    /**
     * The network alone, on these pictures as it sees them: only timing needs it.
     *
     * @return empty where it cannot be told from the rest; the caller closes it
     */
    default Optional<NetworkCall> network(List<SegmentRequest> pictures) {
        return Optional.empty();
    }

    /** Most pictures of a shape that one call can take, whatever memory there is. */
    default int mostPictures(RequestShape shape) {
        return Integer.MAX_VALUE;
    }

    /** Whether a call failed for want of memory, which fewer pictures may need less of. */
    default boolean ranOutOfMemory(RuntimeException failure) {
        return false;
    }

    /**
     * Gives memory back to the device that was taken for calls larger than those to come; others
     * may be running.
     */
    default void trim() {}

    /** Frees the network. */
    @Override
    void close();

    /**
     * A network without what comes before and after it, on one input in the device's memory. For
     * one thread at a time.
     */
    interface NetworkCall extends AutoCloseable {

        /** Computes scores and waits until they are there. */
        void await();

        @Override
        default void close() {}
    }
}
