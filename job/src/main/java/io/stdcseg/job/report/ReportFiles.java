// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stdcseg.function.ScoreWindow;
import io.stdcseg.function.ThroughputWindow;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The contents of {@code summary.json} and {@code report.html}. */
final class ReportFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DATA = "/*DATA*/";

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
        data.put("classes", labels.classes().stream().map(ReportFiles::classOf).toList());
        data.put("windows", totals.windows().stream().map(ScoreWindow::toMap).toList());
        data.put("throughput", totals.throughput().stream().map(ThroughputWindow::toMap).toList());
        try (InputStream template = ReportFiles.class.getResourceAsStream("report.html")) {
            String page = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            // Text that ends a script element would end it inside a string, too.
            return page.replace(DATA, MAPPER.writeValueAsString(data).replace("</", "<\\/"));
        } catch (IOException e) {
            throw new IllegalStateException("resource report.html cannot be read", e);
        }
    }

    private static Map<String, Object> classOf(LabelClass c) {
        String color = String.format("#%02x%02x%02x", c.red(), c.green(), c.blue());
        return Map.of("name", c.name(), "color", color);
    }
}
