// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.engine.RequestShape;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.InputScale;
import java.nio.BufferOverflowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Fake segmenter: takes each pixel's red for its class, and records its calls. */
public final class FakeSegmenter implements Segmenter {

    private static final byte MARGIN = 90;
    private static final byte HIGHEST = 100;

    public final AtomicInteger calls = new AtomicInteger();
    public final AtomicInteger trims = new AtomicInteger();
    public final List<Integer> batches = Collections.synchronizedList(new ArrayList<>());
    public final Set<RequestShape> shapes = ConcurrentHashMap.newKeySet();
    public final CompletableFuture<Void> closed = new CompletableFuture<>();
    public volatile int mostThatFit = Integer.MAX_VALUE;
    public volatile int mostPictures = Integer.MAX_VALUE;
    public volatile InputScale scale;
    public volatile boolean takesPlanes;
    public volatile Runnable onCall = () -> {};
    private final NetworkInfo info;

    public FakeSegmenter(String device) {
        this(new NetworkInfo("fake", "1.0", "fake", device, "fp32", 1, "none", "0"));
    }

    public FakeSegmenter(NetworkInfo info) {
        this.info = info;
    }

    @Override
    public NetworkInfo info() {
        return info;
    }

    @Override
    public LabelSet labels() {
        return LabelSet.of("camvid");
    }

    @Override
    public Optional<InputScale> scale() {
        return Optional.ofNullable(scale);
    }

    @Override
    public boolean takesPlanes() {
        return takesPlanes;
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
            throw new BufferOverflowException();
        }
        shapes.add(RequestShape.of(batch));
        for (SegmentRequest request : batch) {
            if (!takesPlanes && request.yuvToRgb() != null) {
                throw new AssertionError("planes for a network that takes RGB");
            }
            byte[] rgb = Planes.rgb(request);
            for (int i = 0; i < request.pixels(); i++) {
                request.mask().put(i, rgb[SegmentRequest.CHANNELS * i]);
                if (request.confidence() != null) {
                    request.confidence().put(i, MARGIN).put(request.pixels() + i, HIGHEST);
                }
            }
        }
    }

    @Override
    public int mostPictures(RequestShape shape) {
        return mostPictures;
    }

    @Override
    public boolean ranOutOfMemory(RuntimeException failure) {
        return failure instanceof BufferOverflowException;
    }

    @Override
    public void trim() {
        trims.incrementAndGet();
    }

    @Override
    public void close() {
        closed.complete(null);
    }
}
