// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.engine.SegmenterOptions;

/**
 * Core sharing: how many workers and threads the networks of a process have.
 *
 * <p>Many pictures: as many calls at a time as there are cores, each on one thread. Two such calls
 * on two cores make 1.4 times the frames of one call on two threads, whose threads wait for each
 * other a hundred times per picture; and decoding and encoding find a core when they need one. One
 * picture at a time: one call, on all cores.
 */
final class CoreSharing {

    /**
     * One computes while the other's pictures are on their way there or its masks on their way
     * back, and while Java prepares and writes them.
     */
    private static final int WORKERS_OF_A_GPU = 2;

    private CoreSharing() {}

    /** Options for a process that has always more pictures to work on. */
    static SegmenterOptions forManyCalls(SegmenterOptions options) {
        return options.threads() > 0 ? options : options.withThreads(1);
    }

    /** How many calls a network works on at a time. */
    static int workers(SegmenterOptions options, boolean gpu) {
        int cores = Runtime.getRuntime().availableProcessors();
        return gpu ? WORKERS_OF_A_GPU : Math.max(1, cores / Math.max(1, options.threads()));
    }
}
