// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class CsvLinesTest {

    private static final String ROW =
            """
            {"stream": "a, \\"b\\"", "frames": 3, "miou": 0.5, "iou": {"sky": null, "road": 1.0}}
            """;

    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void valuesWithinValuesHaveColumnsOfTheirOwn() throws Exception {
        JsonNode row = mapper.readTree(ROW);

        assertThat(new CsvLines(row).header()).isEqualTo("stream,frames,miou,iou.sky,iou.road");
        assertThat(CsvLines.line(row)).isEqualTo("\"a, \"\"b\"\"\",3,0.5,,1.0");
    }

    @Test
    void takesRowsOfTheSameColumns() throws Exception {
        CsvLines lines = new CsvLines(mapper.readTree(ROW));

        assertThat(lines.takes(mapper.readTree(ROW.replace("0.5", "null")))).isTrue();
        assertThat(lines.takes(mapper.readTree(ROW.replace("miou", "other")))).isFalse();
        assertThat(lines.takes(mapper.readTree("{\"stream\": \"a\"}"))).isFalse();
    }
}
