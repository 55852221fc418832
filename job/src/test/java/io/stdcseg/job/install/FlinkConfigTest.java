// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import org.junit.jupiter.api.Test;

class FlinkConfigTest {

    private static final String FILE =
            """
            # über alles \uD83D\uDE00
            rest.port: 8081
            taskmanager:
              # how much
              memory:
                process:
                  size: 1728m # in all
              memory.task: {off-heap.size: '1g'}
              empty:
            """;

    @Test
    void findsKeysHoweverTheyAreWritten() {
        FlinkConfig config = new FlinkConfig(FILE);

        assertThat(config.get("rest.port")).contains("8081");
        assertThat(config.get("taskmanager.memory.process.size")).contains("1728m");
        assertThat(config.get("taskmanager.memory.task.off-heap.size")).contains("1g");
        assertThat(config.get("taskmanager.empty")).isEmpty();
        assertThat(config.get("taskmanager.memory")).isEmpty();
        assertThat(config.get("absent")).isEmpty();
    }

    @Test
    void changesAValueAndNothingElse() {
        FlinkConfig config =
                new FlinkConfig(FILE)
                        .with("taskmanager.memory.process.size", "4g")
                        .with("taskmanager.memory.task.off-heap.size", "2g")
                        .with("taskmanager.empty", "full");

        assertThat(config.toString())
                .isEqualTo(
                        FILE.replace("1728m", "4g")
                                .replace("'1g'", "2g")
                                .replace("empty:", "empty: full"));
    }

    @Test
    void appendsANewKeyAtTheEnd() {
        assertThat(new FlinkConfig("a: 1").with("b.c", "2").toString()).isEqualTo("a: 1\nb.c: 2\n");
        assertThat(new FlinkConfig("# none\n").with("b", "2").get("b")).contains("2");
        assertThat(new FlinkConfig("").with("b", "2").toString()).isEqualTo("b: 2\n");
    }

    @Test
    void readsBackWhatItWrote() {
        for (String value :
                new String[] {"-Da=b --c", "a: b", "it's #1 # yes", "- x", "*", "[", ""}) {
            assertThat(new FlinkConfig("a: 1\n").with("b", value).get("b").orElse(""))
                    .isEqualTo(value);
        }
    }

    @Test
    void saysThatAFileIsNotYaml() {
        assertThatThrownBy(() -> new FlinkConfig("a: [1\nb: 2"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("config.yaml is not YAML: ")
                .hasMessageNotContaining("\n");
    }
}
