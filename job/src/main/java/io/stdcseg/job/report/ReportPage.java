// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.label.LabelSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Contents of {@code report.html}: one page with its data, styles and charts inside. */
final class ReportPage {

    private ReportPage() {}

    /**
     * The page.
     *
     * @param settings what the run was asked to do, by option
     * @param boundary how far boundaries reach, as a share of the diagonal
     * @param frames what the page shows of kept frames; null where none are kept
     */
    static String of(
            RunTotals totals,
            LabelSet labels,
            ExpectedStreams expected,
            Map<String, String> settings,
            double boundary,
            Map<String, Object> frames) {
        Map<String, Object> data = data(totals, labels, expected, settings, boundary);
        data.put("frames", frames);
        return PageTemplate.fillCharted("report.html", data);
    }

    /** What the page shows, as plain values. */
    static Map<String, Object> data(
            RunTotals totals,
            LabelSet labels,
            ExpectedStreams expected,
            Map<String, String> settings,
            double boundary) {
        boolean empty = totals.latencies().count() == 0;
        double start = empty ? 0 : totals.span().first() / 1000.0;
        Set<String> byTheClock = streamsByTheClock(totals);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("summary", Summary.of(totals, labels.names(), expected, boundary));
        data.put("classes", PageTemplate.classes(labels));
        data.put("startSeconds", empty ? null : start);
        data.put("rolling", Charts.of(totals.scores(), name -> !byTheClock.contains(name), 0));
        data.put("overall", Charts.of(totals.scores(), byTheClock::contains, start));
        Map<String, CurveHistory> unlabelled =
                Map.of(
                        "stability", totals.stability(),
                        "drift", totals.drift(),
                        "lumaDrift", totals.lumaDrift(),
                        "sharpness", totals.sharpness());
        for (Map.Entry<String, CurveHistory> curves : unlabelled.entrySet()) {
            CurveHistory history = curves.getValue();
            data.put(curves.getKey(), Charts.of(history, name -> !byTheClock.contains(name), 0));
            data.put(
                    curves.getKey() + "ByTheClock",
                    Charts.of(history, byTheClock::contains, start));
        }
        data.put("throughput", Charts.of(totals.throughput(), name -> true, start));
        data.put(
                "latencies",
                Charts.percentiles(
                        Map.of(
                                "end to end",
                                totals.latencies(),
                                "network’s call",
                                totals.networkCalls())));
        data.put("settings", Charts.rows(settings));
        data.put("versions", Charts.rows(Versions.ofProcess()));
        return data;
    }

    /**
     * Streams whose windows end at times since 1970; those of all others count from their start.
     */
    private static Set<String> streamsByTheClock(RunTotals totals) {
        Set<String> names =
                totals.streams().stream()
                        .filter(stream -> stream.live() != null)
                        .map(StreamTotals::stream)
                        .collect(Collectors.toSet());
        names.add(OverallScoreFunction.ALL_STREAMS);
        return names;
    }
}
