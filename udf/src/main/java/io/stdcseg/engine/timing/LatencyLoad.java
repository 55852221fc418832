// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.timing;

import io.stdcseg.engine.SegmentRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Load of a network that is timed: pictures, batches and calls at a time.
 *
 * @param width of the picture and its mask
 * @param height of the picture and its mask
 * @param rgb the picture, {@code height} rows of {@code width} RGB triples
 * @param batch pictures of one call
 * @param calls at a time, each in a thread of its own
 * @param duration at least that long with and as long without what comes before and after the
 *     network
 */
public record LatencyLoad(
        int width, int height, ByteBuffer rgb, int batch, int calls, Duration duration) {

    /** A batch whose pictures and masks lie where nobody else's do. */
    List<SegmentRequest> pictures() {
        return Stream.generate(this::picture).limit(batch).toList();
    }

    private SegmentRequest picture() {
        int bytes = width * height * SegmentRequest.CHANNELS;
        ByteBuffer copy = ByteBuffer.allocateDirect(bytes).put(0, rgb, 0, bytes);
        return new SegmentRequest(width, height, copy, ByteBuffer.allocateDirect(width * height));
    }
}
