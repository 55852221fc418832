// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

import java.util.concurrent.CompletableFuture;

/**
 * One item that waits for its batch.
 *
 * @param sequence position among all items of the batcher
 * @param arrivedNanos on the batcher's clock
 */
record Pending<I, O>(
        I item, Object key, long sequence, long arrivedNanos, CompletableFuture<O> result) {}
