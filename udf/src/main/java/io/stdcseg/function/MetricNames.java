// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

/** Names of the metrics and accumulators that the operators register. */
public final class MetricNames {

    /** Accumulator: frames segmented so far, in all attempts of a task together. */
    public static final String FRAMES = "frames";

    /** Accumulator: frames that the containers of started ranges announce. */
    public static final String EXPECTED_FRAMES = "expectedFrames";

    /** Meter: frames segmented per second by this subtask, over the last minute. */
    public static final String FRAMES_PER_SECOND = "framesPerSecond";

    /** Gauge: mean size of the last batches. */
    public static final String BATCH_SIZE = "batchSize";

    /** Gauge: mean milliseconds that the first frame of a batch waited for others. */
    public static final String BATCH_WAIT_MILLIS = "batchWaitMillis";

    /** Gauge: mean milliseconds of the network's last calls. */
    public static final String INFERENCE_MILLIS = "inferenceMillis";

    /** Gauge: elements submitted by this subtask whose results have not left yet. */
    public static final String IN_FLIGHT = "inFlight";

    /** Gauge: mean milliseconds from a frame's submission to its mask. */
    public static final String SEGMENT_MILLIS = "segmentMillis";

    /** Gauge: bytes of pixel and mask buffers that the job holds in this process, lent or idle. */
    public static final String NATIVE_MEMORY_BYTES = "nativeMemoryBytes";

    /**
     * Gauge: bytes of physical memory that this whole process holds, heap and libtorch included.
     */
    public static final String PROCESS_MEMORY_BYTES = "processMemoryBytes";

    /** Gauge, per stream: mean IoU of the last window that left. */
    public static final String ROLLING_MIOU = "rollingMiou";

    /** Gauge, per stream and class: IoU of the last window that left. */
    public static final String ROLLING_IOU = "rollingIou";

    /** Group key of metrics kept per stream. */
    public static final String STREAM = "stream";

    /** Group key of metrics kept per class. */
    public static final String CLASS = "class";

    private MetricNames() {}
}
