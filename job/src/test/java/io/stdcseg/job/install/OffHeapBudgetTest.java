// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffHeapBudgetTest {

    private final OffHeapBudget budget = new OffHeapBudget();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskmanager.memory.process.size: 1728m",
                "taskmanager.memory.process.size: 16g",
                "taskmanager.memory.flink.size: 1280m",
                "taskmanager.memory.process.size: 4g\ntaskmanager.memory.managed.size: 16m",
                "taskmanager.memory.process.size: 4g\ntaskmanager.memory.managed.fraction: 0.1"
            })
    void takesNothingFromHeapAndManagedMemory(String text) {
        FlinkConfig config = new FlinkConfig(text);

        TaskExecutorProcessSpec before = divide(config);
        TaskExecutorProcessSpec after = divide(budget.grant(config, "2g"));

        assertThat(after.getTaskOffHeapSize().getMebiBytes()).isEqualTo(2048);
        assertThat(after.getTaskHeapSize()).isGreaterThanOrEqualTo(before.getTaskHeapSize());
        assertThat(after.getManagedMemorySize().getMebiBytes())
                .isEqualTo(before.getManagedMemorySize().getMebiBytes());
        assertThat(after.getTotalProcessMemorySize().getMebiBytes())
                .isLessThan(before.getTotalProcessMemorySize().getMebiBytes() + 2 * 2048);
    }

    @Test
    void addsToSizesSpelledOut() {
        FlinkConfig config =
                new FlinkConfig(
                        "taskmanager.memory.task.heap.size: 1g\n"
                                + "taskmanager.memory.managed.size: 0");

        assertThat(budget.grant(config, "2g").asMap())
                .isEqualTo(
                        Map.of(
                                "taskmanager.memory.task.heap.size", "1g",
                                "taskmanager.memory.managed.size", "0",
                                "taskmanager.memory.task.off-heap.size", "2g"));
    }

    @Test
    void refusesATotalThatIsTooSmallAlready() {
        FlinkConfig config = new FlinkConfig("taskmanager.memory.process.size: 100m");

        assertThatThrownBy(() -> budget.grant(config, "2g"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("config.yaml: TaskManager memory configuration failed");
    }

    private static TaskExecutorProcessSpec divide(FlinkConfig config) {
        return TaskExecutorProcessUtils.processSpecFromConfig(
                Configuration.fromMap(config.asMap()));
    }
}
