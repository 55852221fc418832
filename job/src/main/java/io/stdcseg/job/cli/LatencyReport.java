// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.engine.timing.LatencyMeter.Latency;
import io.stdcseg.frame.NetworkInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Report of {@code latency}: a table for people, JSON for machines.
 *
 * @param info what was running
 * @param calls at a time
 * @param cores of the machine
 */
record LatencyReport(
        LatencySubject subject,
        NetworkInfo info,
        int batch,
        int calls,
        int cores,
        Latency latency) {

    /** A line about what was timed, and a table. */
    String text() {
        return String.format(
                        Locale.ROOT,
                        "%s%s: %s in %s on %s, input %s, picture %s, batch %d, calls %d,"
                                + " threads %d, cores %d%n",
                        info.model(),
                        subject.initial() ? " with initial weights" : "",
                        info.engine(),
                        info.precision(),
                        info.device(),
                        subject.sizes().input(),
                        subject.sizes().picture(),
                        batch,
                        calls,
                        info.threads(),
                        cores)
                + String.format(Locale.ROOT, "%-10s %12s %12s%n", "", "model only", "with I/O")
                + row("frames/s", Latency.Timing::framesPerSecond)
                + row("p50 ms", Latency.Timing::p50)
                + row("p95 ms", Latency.Timing::p95)
                + row("p99 ms", Latency.Timing::p99)
                + row("cpu ms", Latency.Timing::processorMillis);
    }

    private String row(String name, ToDoubleFunction<Latency.Timing> value) {
        return String.format(
                Locale.ROOT,
                "%-10s %12s %12s%n",
                name,
                cell(latency.modelOnly(), value),
                cell(latency.withIo(), value));
    }

    private static String cell(Latency.Timing timing, ToDoubleFunction<Latency.Timing> value) {
        return timing == null
                ? "-"
                : String.format(Locale.ROOT, "%.2f", value.applyAsDouble(timing));
    }

    /** The same for machines. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", info.model());
        json.put("input", subject.sizes().input().toString());
        json.put("picture", subject.sizes().picture().toString());
        json.put("batch", batch);
        json.put("precision", info.precision());
        json.put("device", info.device());
        json.put("engine", info.engine());
        json.put("threads", info.threads());
        json.put("calls", calls);
        json.put("cores", cores);
        json.put("modelOnly", latency.modelOnly());
        json.put("withIo", latency.withIo());
        return json;
    }
}
