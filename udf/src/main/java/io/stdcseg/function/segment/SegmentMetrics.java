// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.batch.BatchStatistics.MovingMean;
import io.stdcseg.function.MetricNames;
import io.stdcseg.video.NativeMemory;
import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/** What a subtask tells of its frames; callable from any thread. */
final class SegmentMetrics {

    private final Meter framesPerSecond;
    private final MovingMean segmentMillis = new MovingMean();

    /**
     * @param batches of the network that the subtask shares with others
     */
    SegmentMetrics(MetricGroup group, BatchStatistics batches) {
        framesPerSecond = group.meter(MetricNames.FRAMES_PER_SECOND, new MeterView(60));
        group.gauge(MetricNames.SEGMENT_MILLIS, segmentMillis::value);
        group.gauge(MetricNames.BATCH_SIZE, batches::size);
        group.gauge(MetricNames.BATCH_WAIT_MILLIS, batches::waitMillis);
        group.gauge(MetricNames.INFERENCE_MILLIS, batches::processMillis);
        group.gauge(MetricNames.NATIVE_MEMORY_BYTES, NativeMemory::heldBytes);
        group.gauge(MetricNames.PROCESS_MEMORY_BYTES, NativeMemory::residentBytes);
    }

    synchronized void segmented(long nanos) {
        framesPerSecond.markEvent();
        segmentMillis.add(nanos / 1e6);
    }
}
