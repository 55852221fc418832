// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

/**
 * How long a frame took.
 *
 * @param endMillis wall-clock time at which its mask was there and scored, since 1970
 * @param latencyNanos from the end of its decoding until its mask was there and scored
 * @param batchSize how many frames the network saw in the same call
 */
public record FrameTiming(String stream, long endMillis, long latencyNanos, int batchSize) {}
