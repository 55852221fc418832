// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stdcseg.function.ScoreWindow;
import io.stdcseg.function.ThroughputWindow;
import io.stdcseg.label.LabelSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** The contents of {@code summary.json} and {@code report.html}. */
final class ReportFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReportFiles() {}

    /** {@code summary.json}. */
    static String summary(RunTotals totals, LabelSet labels) {
        try {
            return MAPPER.writer(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(Summary.of(totals, labels.names()))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary of plain values cannot be written", e);
        }
    }

    /** {@code report.html}: one page with its data, styles and drawing code inside. */
    static String page(RunTotals totals, LabelSet labels) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("summary", Summary.of(totals, labels.names()));
        data.put("classes", PageTemplate.classes(labels));
        data.put("windows", totals.windows().stream().map(ScoreWindow::toMap).toList());
        data.put("throughput", totals.throughput().stream().map(ThroughputWindow::toMap).toList());
        return PageTemplate.fill("report.html", data);
    }
}
