// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function;

/**
 * What is known of a segmented frame once its pixels are gone.
 *
 * @param range the frame's range in its stream
 * @param index number of the frame in its range
 * @param timeNanos stream time
 * @param counts confusion matrix row by row, a row is a label; null if the frame has no label
 */
public record FrameScore(String stream, int range, long index, long timeNanos, long[] counts) {

    /** Stream time in seconds. */
    public double seconds() {
        return StreamTime.seconds(timeNanos);
    }

    /** Whether the frame has a label. */
    public boolean labelled() {
        return counts != null;
    }
}
