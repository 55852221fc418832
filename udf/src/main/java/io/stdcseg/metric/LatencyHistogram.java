// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Durations counted in buckets whose width grows with the duration, so that every quantile is known
 * to within half a percent (or a microsecond) and histograms of parts add up to the histogram of
 * the whole. The maximum is exact. Not thread-safe.
 *
 * <p>Resolution is one microsecond below 256 microseconds; each further doubling has 128 buckets. A
 * histogram of tens of milliseconds takes about 10 KB.
 */
public final class LatencyHistogram implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Binary digits of a duration that its bucket keeps below the leading one. */
    private static final int KEPT_BITS = 7;

    private static final int PER_DOUBLING = 1 << KEPT_BITS;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private long[] counts = new long[0];
    private long count;
    private long maxNanos;

    /** The histogram that {@link #toLongs()} wrote. */
    public static LatencyHistogram fromLongs(long[] longs) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.maxNanos = longs[0];
        histogram.counts = Arrays.copyOfRange(longs, 1, longs.length);
        histogram.count = Arrays.stream(histogram.counts).sum();
        return histogram;
    }

    /** All there is to know of the histogram; its length grows with the longest duration. */
    public long[] toLongs() {
        long[] longs = new long[counts.length + 1];
        longs[0] = maxNanos;
        System.arraycopy(counts, 0, longs, 1, counts.length);
        return longs;
    }

    /** Counts one duration; a negative one counts as zero. */
    public void add(long nanos) {
        int bucket = bucket(Math.max(0, nanos) / 1000);
        grow(bucket + 1);
        counts[bucket]++;
        count++;
        maxNanos = Math.max(maxNanos, nanos);
    }

    /** Adds the durations that another histogram counted. */
    public void merge(LatencyHistogram other) {
        grow(other.counts.length);
        for (int i = 0; i < other.counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        maxNanos = Math.max(maxNanos, other.maxNanos);
    }

    /** How many durations were counted. */
    public long count() {
        return count;
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
        long rank = Math.max(1, (long) Math.ceil(quantile * count));
        long seen = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return Math.min(middleMicros(bucket) / MICROS_PER_MILLI, maxMillis());
            }
        }
        return 0;
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

    private void grow(int length) {
        if (counts.length < length) {
            counts = Arrays.copyOf(counts, length);
        }
    }

    /** Short durations are their own bucket; longer ones keep their leading digits. */
    private static int bucket(long micros) {
        int dropped = Math.max(0, Long.SIZE - 1 - KEPT_BITS - Long.numberOfLeadingZeros(micros));
        return dropped * PER_DOUBLING + (int) (micros >>> dropped);
    }

    private static double middleMicros(int bucket) {
        int dropped = Math.max(0, bucket / PER_DOUBLING - 1);
        long low = (long) (bucket - dropped * PER_DOUBLING) << dropped;
        return low + ((1L << dropped) - 1) / 2.0;
    }
}
