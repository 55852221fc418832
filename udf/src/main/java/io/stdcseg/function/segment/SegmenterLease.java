// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.frame.NetworkInfo;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.functions.RuntimeContext;

/** A subtask's share of a network that others use too. */
interface SegmenterLease extends AutoCloseable {

    /**
     * Hands a picture to the network.
     *
     * @param rgb {@code height} rows of {@code width} RGB triples, not to change until the future
     *     completes
     * @param mask where the train ids go, one byte per pixel
     * @return how many pictures the network saw in the same call
     */
    CompletableFuture<Integer> segment(int width, int height, ByteBuffer rgb, ByteBuffer mask);

    /** What makes the masks. */
    NetworkInfo network();

    /** How many pictures the network works on at a time, for all who share it. */
    int concurrentPictures();

    /** Lets pictures that wait for a batch go at once. */
    void flush();

    /** Batches of all who share the network. */
    BatchStatistics statistics();

    @Override
    void close();

    /** Where a subtask gets its share. */
    @FunctionalInterface
    interface Provider extends Serializable {

        SegmenterLease open(RuntimeContext context) throws Exception;
    }
}
