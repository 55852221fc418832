// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.frame.Frame;
import io.stdcseg.function.telemetry.Durations;
import io.stdcseg.function.telemetry.FrameSpans;
import io.stdcseg.video.NativeMemory;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of a subtask that segments; callable from any thread. */
final class SegmentMetrics {

    /** Meter: frames segmented per second by this subtask, over the last minute. */
    static final String FRAMES_PER_SECOND = "framesPerSecond";

    /**
     * Histogram: from the end of a frame's decoding, or a picture's arrival, until the network's
     * call that it was in.
     */
    static final String WAIT_MICROS = "waitMicros";

    /** Histogram: the network's call that a frame was in, which counts for each of its frames. */
    static final String NETWORK_MICROS = "networkMicros";

    /** Gauge: mean size of the last batches. */
    static final String BATCH_SIZE = "batchSize";

    /** Gauge: bytes of pixel and mask buffers that the job holds in this process, lent or idle. */
    static final String NATIVE_MEMORY_BYTES = "nativeMemoryBytes";

    /**
     * Gauge: bytes of physical memory that this whole process holds, heap and libtorch included.
     */
    static final String PROCESS_MEMORY_BYTES = "processMemoryBytes";

    private final Meter framesPerSecond;
    private final Durations wait;
    private final Durations network;
    private final FrameSpans spans;

    /**
     * @param batchSize mean size of the last batches of the network that the subtask shares with
     *     others
     */
    SegmentMetrics(MetricGroup group, Gauge<Double> batchSize) {
        framesPerSecond = group.meter(FRAMES_PER_SECOND, new MeterView(60));
        wait = Durations.register(group, WAIT_MICROS);
        network = Durations.register(group, NETWORK_MICROS);
        spans = new FrameSpans(group, SegmentFunction.class);
        group.gauge(BATCH_SIZE, batchSize);
        group.gauge(NATIVE_MEMORY_BYTES, NativeMemory::heldBytes);
        group.gauge(PROCESS_MEMORY_BYTES, NativeMemory::residentBytes);
    }

    /**
     * A frame has its mask.
     *
     * @param networkNanos the network's call, which has just ended
     */
    synchronized void segmented(Frame frame, long networkNanos) {
        long waited = segmented(frame.decodedNanos(), networkNanos);
        spans.add("Wait", frame.stream(), frame.index(), waited, networkNanos);
        spans.add("Network", frame.stream(), frame.index(), networkNanos, 0);
    }

    /**
     * A picture has its mask.
     *
     * @param since when it was there to be segmented, by {@link System#nanoTime()}
     * @param networkNanos the network's call, which has just ended
     * @return for how long it waited
     */
    synchronized long segmented(long since, long networkNanos) {
        long waited = Math.max(0, System.nanoTime() - since - networkNanos);
        framesPerSecond.markEvent();
        wait.add(waited);
        network.add(networkNanos);
        return waited;
    }
}
