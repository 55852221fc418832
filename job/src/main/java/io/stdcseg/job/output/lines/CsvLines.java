// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Lines of comma-separated values (RFC 4180, but for line ends of one character): a value within a
 * value has a column of its own, named with a dot, as {@code iou.road}; what has no value is empty.
 */
final class CsvLines {

    private final List<String> columns;

    /** Those of rows that are like this one. */
    CsvLines(JsonNode row) {
        this.columns = cells(row).stream().map(Map.Entry::getKey).toList();
    }

    /** Whether a row has the same columns. */
    boolean takes(JsonNode row) {
        return columns.equals(cells(row).stream().map(Map.Entry::getKey).toList());
    }

    /** The columns' names. */
    String header() {
        return line(columns);
    }

    /** A row's values. */
    static String line(JsonNode row) {
        return line(
                cells(row).stream()
                        .map(Map.Entry::getValue)
                        .map(value -> value.isNull() ? "" : value.asText())
                        .toList());
    }

    private static String line(List<String> values) {
        return String.join(",", values.stream().map(CsvLines::quoted).toList());
    }

    private static String quoted(String value) {
        boolean plain =
                value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    private static List<Map.Entry<String, JsonNode>> cells(JsonNode row) {
        List<Map.Entry<String, JsonNode>> cells = new ArrayList<>();
        add("", row, cells);
        return cells;
    }

    private static void add(String prefix, JsonNode row, List<Map.Entry<String, JsonNode>> cells) {
        for (Map.Entry<String, JsonNode> field : row.properties()) {
            String name = prefix + field.getKey();
            if (field.getValue().isObject()) {
                add(name + ".", field.getValue(), cells);
            } else {
                cells.add(Map.entry(name, field.getValue()));
            }
        }
    }
}
