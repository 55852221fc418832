// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

/**
 * How fast a network is.
 *
 * @param modelOnly from a normalised picture of the network's size to scores, both in the device's
 *     memory; null where the network cannot be called alone
 * @param withIo from an 8-bit picture to train ids, both in main memory
 */
public record Latency(Timing modelOnly, Timing withIo) {

    /**
     * Times of calls.
     *
     * @param framesPerSecond of all calls together
     * @param p50 half of the calls were as fast, in milliseconds
     * @param p95 of 95 % of the calls, in milliseconds
     * @param p99 of 99 % of the calls, in milliseconds
     * @param processorMillis that all of the process's threads together computed for a frame
     */
    public record Timing(
            double framesPerSecond, double p50, double p95, double p99, double processorMillis) {}
}
