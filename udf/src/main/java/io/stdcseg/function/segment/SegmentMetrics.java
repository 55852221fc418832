// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.batch.BatchStatistics.MovingAverage;
import io.stdcseg.video.NativeMemory;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of a subtask that segments; callable from any thread. */
final class SegmentMetrics {

    /** Meter: frames segmented per second by this subtask, over the last minute. */
    static final String FRAMES_PER_SECOND = "framesPerSecond";

    /** Gauge: mean milliseconds from a frame's submission to its mask. */
    static final String SEGMENT_MILLIS = "segmentMillis";

    /** Gauge: mean size of the last batches. */
    static final String BATCH_SIZE = "batchSize";

    /** Gauge: mean milliseconds that the first frame of a batch waited for others. */
    static final String BATCH_WAIT_MILLIS = "batchWaitMillis";

    /** Gauge: mean milliseconds of the network's last calls. */
    static final String INFERENCE_MILLIS = "inferenceMillis";

    /** Gauge: bytes of pixel and mask buffers that the job holds in this process, lent or idle. */
    static final String NATIVE_MEMORY_BYTES = "nativeMemoryBytes";

    /**
     * Gauge: bytes of physical memory that this whole process holds, heap and libtorch included.
     */
    static final String PROCESS_MEMORY_BYTES = "processMemoryBytes";

    private final Meter framesPerSecond;
    private final MovingAverage segmentMillis = new MovingAverage();

    /**
     * @param batches of the network that the subtask shares with others
     */
    SegmentMetrics(MetricGroup group, BatchStatistics batches) {
        framesPerSecond = group.meter(FRAMES_PER_SECOND, new MeterView(60));
        group.gauge(SEGMENT_MILLIS, segmentMillis::value);
        group.gauge(BATCH_SIZE, batches::size);
        group.gauge(BATCH_WAIT_MILLIS, batches::waitMillis);
        group.gauge(INFERENCE_MILLIS, batches::processMillis);
        group.gauge(NATIVE_MEMORY_BYTES, NativeMemory::heldBytes);
        group.gauge(PROCESS_MEMORY_BYTES, NativeMemory::residentBytes);
    }

    synchronized void segmented(long nanos) {
        framesPerSecond.markEvent();
        segmentMillis.add(nanos / 1e6);
    }
}
