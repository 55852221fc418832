// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.data;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Cache of decoded pictures, in memory as far as they fit. What is in stays: each epoch uses every
 * picture once, so that making room for the newest would drop what is needed soonest. Thread-safe.
 */
final class PictureCache {

    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();
    private final Map<Path, LabelledPicture> pictures = new ConcurrentHashMap<>();

    /**
     * @param maxBytes of pixels and labels; 0 keeps nothing
     */
    PictureCache(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** One that uses a quarter of the heap at most. */
    static PictureCache ofHeap() {
        return new PictureCache(Runtime.getRuntime().maxMemory() / 4);
    }

    /** The picture of a file; null if it is not kept. */
    LabelledPicture get(Path file) {
        return pictures.get(file);
    }

    /** Keeps a picture if there is room. */
    void offer(Path file, LabelledPicture picture) {
        long size = picture.bytes();
        if (bytes.addAndGet(size) > maxBytes || pictures.putIfAbsent(file, picture) != null) {
            bytes.addAndGet(-size);
        }
    }
}
