// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.Segmenter.NetworkCall;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Caller of a network that is timed, one of several at a time, with pictures of its own. */
final class TimedCaller implements AutoCloseable {

    private final Executor thread;
    private final Runnable end;
    private final Runnable withIo;
    private final NetworkCall network;

    private TimedCaller(
            Executor thread, Runnable end, Segmenter segmenter, List<SegmentRequest> pictures) {
        this.thread = thread;
        this.end = end;
        this.withIo = () -> segmenter.segment(pictures);
        this.network = segmenter.network(pictures).orElse(null);
    }

    /** Calls in whatever thread asks for it. */
    static TimedCaller here(Segmenter segmenter, List<SegmentRequest> pictures) {
        return new TimedCaller(Runnable::run, () -> {}, segmenter, pictures);
    }

    /** Calls in one thread, always the same. */
    static TimedCaller inAThreadOfItsOwn(Segmenter segmenter, List<SegmentRequest> pictures) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        return new TimedCaller(thread, thread::shutdown, segmenter, pictures);
    }

    /** Where its calls are made. */
    Executor thread() {
        return thread;
    }

    /** A call from picture to mask. */
    Runnable withIo() {
        return withIo;
    }

    /** A call of the network alone; null where there is no such call. */
    Runnable modelOnly() {
        return network == null ? null : network::await;
    }

    /** To be called when no call is running. */
    @Override
    public void close() {
        end.run();
        if (network != null) {
            network.close();
        }
    }
}
