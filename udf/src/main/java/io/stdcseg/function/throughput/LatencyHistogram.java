// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.throughput;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.CopyableValue;

/**
 * Histogram of durations as Flink keeps it in state: an {@link Histogram} of microseconds, and the
 * longest duration exactly. Histograms of parts add up to the histogram of the whole. Not
 * thread-safe.
 *
 * <p>With two digits every doubling has 128 buckets, of which the middle is told: every quantile is
 * known to within half a percent, or a microsecond. A histogram of tens of milliseconds takes about
 * 10 KB.
 */
public final class LatencyHistogram implements CopyableValue<LatencyHistogram> {

    private static final long serialVersionUID = 1L;

    private static final int VERSION = 1;
    private static final int DIGITS = 2;
    private static final int NANOS_PER_MICRO = 1000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private Histogram micros = new Histogram(DIGITS);
    private long maxNanos;

    /** Counts one duration; a negative one counts as zero. */
    public void add(long nanos) {
        micros.recordValue(Math.max(0, nanos) / NANOS_PER_MICRO);
        maxNanos = Math.max(maxNanos, nanos);
    }

    /** Adds the durations that another histogram counted. */
    public void merge(LatencyHistogram other) {
        micros.add(other.micros);
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    /** How many durations were counted. */
    public long count() {
        return micros.getTotalCount();
    }

    /** The longest duration in milliseconds; 0 if none was counted. */
    public double maxMillis() {
        return maxNanos / NANOS_PER_MILLI;
    }

    /**
     * The duration in milliseconds that {@code quantile} of all durations do not exceed (nearest
     * rank); 0 if none was counted.
     *
     * @param quantile from 0 to 1
     */
    public double quantileMillis(double quantile) {
        if (!(quantile >= 0 && quantile <= 1)) {
            throw new IllegalArgumentException("quantile " + quantile + " is not in 0 to 1");
        }
        long value = micros.getValueAtPercentile(100 * quantile);
        return Math.min(micros.medianEquivalentValue(value) / MICROS_PER_MILLI, maxMillis());
    }

    public double p50Millis() {
        return quantileMillis(0.5);
    }

    public double p95Millis() {
        return quantileMillis(0.95);
    }

    public double p99Millis() {
        return quantileMillis(0.99);
    }

    @Override
    public void write(DataOutputView out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoByteBuffer(buffer);
        out.writeByte(VERSION);
        out.writeLong(maxNanos);
        out.writeInt(length);
        out.write(buffer.array(), 0, length);
    }

    @Override
    public void read(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException(
                    "histogram of version "
                            + version
                            + " cannot be read; "
                            + VERSION
                            + " is known");
        }
        maxNanos = in.readLong();
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        micros = Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 0);
        micros.setAutoResize(true);
    }

    /** Unknown before it is written. */
    @Override
    public int getBinaryLength() {
        return -1;
    }

    @Override
    public LatencyHistogram copy() {
        LatencyHistogram copy = new LatencyHistogram();
        copyTo(copy);
        return copy;
    }

    @Override
    public void copyTo(LatencyHistogram target) {
        target.micros = micros.copy();
        target.maxNanos = maxNanos;
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        LatencyHistogram passing = new LatencyHistogram();
        passing.read(source);
        passing.write(target);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram histogram
                && histogram.micros.equals(micros)
                && histogram.maxNanos == maxNanos;
    }

    @Override
    public int hashCode() {
        return micros.hashCode();
    }
}
