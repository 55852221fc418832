// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.function.throughput.LatencyHistogram;

/**
 * How long the frames of a live stream's segment took until a playlist had them; the frames follow
 * each other evenly. Times are in milliseconds since 1970.
 *
 * @param first when the first frame was taken
 * @param last when the last frame was taken
 * @param frames how many they are
 * @param published when the playlist had them
 */
public record PlaylistTiming(String stream, long first, long last, long frames, long published) {

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Counts each frame's time from the camera to the playlist. */
    public void addTo(LatencyHistogram latencies) {
        for (long i = 0; i < frames; i++) {
            long taken = first + (last - first) * i / Math.max(1, frames - 1);
            latencies.add((published - taken) * NANOS_PER_MILLI);
        }
    }
}
