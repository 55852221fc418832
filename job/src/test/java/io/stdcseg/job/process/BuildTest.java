// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.2|0a1b2c3|false|1.2, commit 0a1b2c3",
                "1.2|0a1b2c3|true|1.2, commit 0a1b2c3-dirty",
                "1.2|''|''|1.2"
            })
    void saysVersionAndCommit(String version, String commit, String dirty, String text) {
        Properties properties = new Properties();
        properties.setProperty("version", version);
        properties.setProperty("commit", commit);
        properties.setProperty("dirty", dirty);

        assertThat(Build.of(properties)).hasToString(text);
    }
}
