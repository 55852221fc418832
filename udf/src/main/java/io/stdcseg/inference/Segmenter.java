// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import java.util.List;

/**
 * A network ready to segment pictures, on one device.
 *
 * <p>Thread-safe but for {@link #close()}, which may come only after the last call has returned.
 */
public interface Segmenter extends AutoCloseable {

    /**
     * Loads the network that {@code options} describe, on the first of its devices.
     *
     * @throws io.stdcseg.error.InputException if weights or device cannot be used
     */
    static Segmenter open(SegmenterOptions options) {
        TorchPresence.check();
        return ModelLoader.load(options, Devices.of(options).get(0));
    }

    /** What is running. */
    ModelInfo info();

    /**
     * Segments pictures of one size in one call of the network; fills their masks before it
     * returns.
     *
     * @param batch at least one picture
     */
    void segment(List<SegmentRequest> batch);

    /** Frees the network. */
    @Override
    void close();
}
