// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

import org.apache.flink.metrics.Meter;
import org.apache.flink.metrics.MeterView;
import org.apache.flink.metrics.MetricGroup;

/** What a subtask tells of its frames; callable from any thread. */
final class SegmentMetrics {

    private final Meter framesPerSecond;
    private final MovingMean batchSize = new MovingMean();
    private final MovingMean segmentNanos = new MovingMean();

    SegmentMetrics(MetricGroup group) {
        framesPerSecond = group.meter(MetricNames.FRAMES_PER_SECOND, new MeterView(60));
        group.gauge(MetricNames.BATCH_SIZE, batchSize::value);
        group.gauge(MetricNames.SEGMENT_MILLIS, () -> segmentNanos.value() / 1e6);
    }

    synchronized void segmented(int size, long nanos) {
        framesPerSecond.markEvent();
        batchSize.add(size);
        segmentNanos.add(nanos);
    }
}
