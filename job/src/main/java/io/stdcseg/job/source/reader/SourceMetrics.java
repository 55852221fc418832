// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;

/** Metrics of the decoding thread, which counts; others read. */
final class SourceMetrics {

    /** Milliseconds spent opening, decoding and converting. */
    static final String DECODE_MILLIS = "decodeMillis";

    /** Pictures left out because they could not be decoded. */
    static final String PICTURES_SKIPPED = "picturesSkipped";

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    void register(SourceReaderMetricGroup group) {
        group.gauge(DECODE_MILLIS, () -> nanos.get() / 1_000_000);
        group.gauge(PICTURES_SKIPPED, skipped::get);
    }

    <T> T timed(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            nanos.addAndGet(System.nanoTime() - start);
        }
    }

    void skipped() {
        skipped.incrementAndGet();
    }
}
