// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import ai.djl.engine.EngineException;
import io.stdcseg.label.LabelSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Fills a mask with the picture's first byte; keeps what happens to it. */
final class FakeSegmenter implements Segmenter {

    final AtomicInteger calls = new AtomicInteger();
    final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    volatile int mostThatFit = Integer.MAX_VALUE;
    volatile Runnable onCall = () -> {};
    private final String device;

    FakeSegmenter(String device) {
        this.device = device;
    }

    @Override
    public ModelInfo info() {
        return new ModelInfo(
                "fake", "1.0", device, "fp32", 1, 1, "none", "0", LabelSet.of("camvid"));
    }

    @Override
    public void segment(List<SegmentRequest> batch) {
        if (closed.isDone()) {
            throw new AssertionError("used after it was closed");
        }
        calls.incrementAndGet();
        batches.add(batch.size());
        onCall.run();
        if (batch.size() > mostThatFit) {
            // PyTorch's words.
            throw new EngineException(
                    "The following operation failed in the TorchScript interpreter.\n"
                            + "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB.");
        }
        for (SegmentRequest request : batch) {
            for (int i = 0; i < request.pixels(); i++) {
                request.mask().put(i, request.rgb().get(0));
            }
        }
    }

    @Override
    public void close() {
        closed.complete(null);
    }
}
