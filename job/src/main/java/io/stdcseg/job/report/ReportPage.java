// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.label.LabelSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contents of {@code report.html}: one page with its data, styles and drawing code inside. */
final class ReportPage {

    private ReportPage() {}

    static String of(RunTotals totals, LabelSet labels, ExpectedStreams expected, double boundary) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("summary", Summary.of(totals, labels.names(), expected, boundary));
        data.put("classes", PageTemplate.classes(labels));
        data.put("startSeconds", totals.span().first() / 1000.0);
        data.put("rolling", chart(totals.scores()));
        data.put("throughput", chart(totals.throughput()));
        return PageTemplate.fill("report.html", data);
    }

    /** What a chart draws, line by line. */
    private static Map<String, Object> chart(CurveHistory history) {
        List<Map<String, Object>> lines = new ArrayList<>();
        history.curves()
                .forEach(
                        (name, curve) -> {
                            Map<String, Object> line = new LinkedHashMap<>();
                            line.put("name", name);
                            line.put("windowsPerPoint", curve.windowsPerPoint());
                            line.put("points", points(curve));
                            lines.add(line);
                        });
        Map<String, Object> chart = new LinkedHashMap<>();
        chart.put("lines", lines);
        chart.put("leftOut", history.leftOut());
        return chart;
    }

    private static List<double[]> points(Curve curve) {
        return curve.points().stream()
                .map(point -> new double[] {point.seconds(), point.value()})
                .toList();
    }
}
