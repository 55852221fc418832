// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRatesTest {

    @ParameterizedTest
    @CsvSource({
        "15, 15/1",
        " 25 , 25/1",
        "12.5, 25/2",
        "29.97, 30000/1001",
        "29.970030, 30000/1001",
        "23.976, 24000/1001",
        "23.98, 24000/1001",
        "59.94, 60000/1001",
        "14.985, 15000/1001",
        "29.9, 299/10",
        "29.98, 1499/50",
        "29.95, 599/20",
        "30000/1001, 30000/1001",
        "50/2, 25/1",
        "0.01, 1/100",
        "1000, 1000/1"
    })
    void readsRatesExactly(String text, String rate) {
        assertThat(FrameRates.parse(text)).hasToString(rate);
        assertThat(FrameRates.parse(rate)).hasToString(rate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.009",
                "1000.1",
                "9999.999999",
                "1/0",
                "0/1",
                "0/0",
                "1/101",
                "",
                "fast",
                "NaN",
                "1e3",
                "25fps",
                "999999999/999999",
                "29,97",
                "12.3456789"
            })
    void refusesAllElseInOneLine(String text) {
        assertThatThrownBy(() -> FrameRates.parse(text))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "'"
                                + text
                                + "' is not allowed; 0.01 to 1000 pictures per second are, such as"
                                + " 25, 29.97 or 30000/1001");
    }
}
