// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

/**
 * A network without what comes before and after it, on one input in the device's memory; only
 * timing needs it. For one thread at a time.
 */
public interface BareNetwork extends AutoCloseable {

    /** Computes scores and waits until they are there. */
    void await();

    @Override
    default void close() {}
}
