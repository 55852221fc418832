// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigMergeTest {

    private static final FlinkConfig OURS =
            new FlinkConfig(
                    """
                    env.java.opts.all: --opens -Dours=0
                    classloader.parent-first-patterns.additional: ai.djl.;org.bytedeco.
                    taskmanager.memory.task.off-heap.size: 2g
                    rest.port: 1234
                    """);

    @Test
    void givesADistributionWhatItLacks() {
        ConfigMerge.Result merged =
                ConfigMerge.merge(
                        OURS,
                        new FlinkConfig(
                                """
                                # These parameters are required for Java 17 support.
                                env:
                                  java:
                                    opts:
                                      all: --opens  --more
                                taskmanager:
                                  memory:
                                    process:
                                      size: 1728m
                                """));

        assertThat(merged.config().toString())
                .isEqualTo(
                        """
                        # These parameters are required for Java 17 support.
                        env:
                          java:
                            opts:
                              all: --opens --more -Dours=0
                        taskmanager:
                          memory:
                            process:
                              size: 4288m
                        classloader.parent-first-patterns.additional: ai.djl.;org.bytedeco.
                        taskmanager.memory.task.off-heap.size: 2g
                        taskmanager.memory.managed.size: 512m
                        """);
        assertThat(merged.changes())
                .containsExactly(
                        "env.java.opts.all: added -Dours=0",
                        "classloader.parent-first-patterns.additional: added ai.djl.;org.bytedeco.",
                        "taskmanager.memory.task.off-heap.size: 2g",
                        "taskmanager.memory.managed.size: 512m",
                        "taskmanager.memory.process.size: 4288m, was the"
                                + " distribution's 1728m");
    }

    @Test
    void changesNothingTheSecondTime() {
        FlinkConfig once = ConfigMerge.merge(OURS, new FlinkConfig("rest.port: 8081\n")).config();

        ConfigMerge.Result twice = ConfigMerge.merge(OURS, once);

        assertThat(twice.changes()).isEmpty();
        assertThat(twice.config().toString()).isEqualTo(once.toString());
    }

    @Test
    void keepsWhatTheUserChose() {
        FlinkConfig theirs =
                new FlinkConfig(
                        """
                        classloader.parent-first-patterns.additional: com.acme.;ai.djl.
                        taskmanager.memory.task.off-heap.size: 512m
                        taskmanager.memory.process.size: 8g
                        rest.port: 8081
                        """);

        FlinkConfig merged = ConfigMerge.merge(OURS, theirs).config();

        assertThat(merged.get("classloader.parent-first-patterns.additional"))
                .contains("com.acme.;ai.djl.;org.bytedeco.");
        assertThat(merged.get("taskmanager.memory.task.off-heap.size")).contains("512m");
        assertThat(merged.get("taskmanager.memory.process.size")).contains("8g");
        assertThat(merged.get("rest.port")).contains("8081");
    }
}
