/**
 * The Flink side: asynchronous segmentation in order, scores and throughput as windows, and the
 * names of metrics. Frames pass through in the task that decoded them; small records leave it.
 */
package io.stdcseg.function;
