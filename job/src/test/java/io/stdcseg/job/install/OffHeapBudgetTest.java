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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OffHeapBudgetTest {

    private static final FlinkConfig OURS =
            new FlinkConfig(
                    """
                    taskmanager.memory.task.heap.size: 512m
                    taskmanager.memory.task.off-heap.size: 2g
                    taskmanager.memory.managed.size: 16m
                    """);

    private final OffHeapBudget budget = new OffHeapBudget(OURS);

    /** Nobody chose the total that Flink comes with. */
    @Test
    void theDistributionsTotalGrows() {
        FlinkConfig config = new FlinkConfig("taskmanager.memory.process.size: 1728m");

        TaskExecutorProcessSpec before = divide(config);
        TaskExecutorProcessSpec after = divide(budget.grant(config));

        assertThat(after.getTaskOffHeapSize().getMebiBytes()).isEqualTo(2048);
        assertThat(after.getTaskHeapSize()).isGreaterThanOrEqualTo(before.getTaskHeapSize());
        assertThat(after.getManagedMemorySize().getMebiBytes())
                .isEqualTo(before.getManagedMemorySize().getMebiBytes());
        assertThat(after.getTotalProcessMemorySize().getMebiBytes())
                .isLessThan(before.getTotalProcessMemorySize().getMebiBytes() + 2 * 2048);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "taskmanager.memory.process.size: 16g",
                "taskmanager.memory.flink.size: 8g",
                "taskmanager.memory.process.size: 4g\ntaskmanager.memory.managed.size: 16m",
                "taskmanager.memory.process.size: 5g\ntaskmanager.memory.managed.fraction: 0.1",
                "taskmanager.memory.process.size: 3800m"
            })
    void aChosenTotalStaysAndAllOfItFits(String text) {
        FlinkConfig config = new FlinkConfig(text);

        TaskExecutorProcessSpec before = divide(config);
        TaskExecutorProcessSpec after = divide(budget.grant(config));

        assertThat(after.getTaskOffHeapSize().getMebiBytes()).isEqualTo(2048);
        assertThat(after.getTotalFlinkMemorySize()).isEqualTo(before.getTotalFlinkMemorySize());
        assertThat(after.getTaskHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(512);
        assertThat(budget.changes()).noneMatch(change -> change.contains("stays"));
    }

    @ParameterizedTest
    @CsvSource({
        "taskmanager.memory.process.size, 3000m, 1408",
        "taskmanager.memory.process.size, 2g, 640",
        "taskmanager.memory.flink.size, 2g, 1024"
    })
    void ofATotalThatIsTooSmallItGetsWhatThereIs(String key, String total, int megabytes) {
        FlinkConfig config = budget.grant(new FlinkConfig(key + ": " + total));

        assertThat(config.get(key)).contains(total);
        TaskExecutorProcessSpec after = divide(config);
        assertThat(after.getTaskOffHeapSize().getMebiBytes()).isEqualTo(megabytes);
        assertThat(after.getTaskHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(512);
        assertThat(budget.changes())
                .contains("taskmanager.memory.managed.size: 16m")
                .anyMatch(
                        change ->
                                change.startsWith(
                                                key
                                                        + ": "
                                                        + total
                                                        + " stays, as it was chosen;"
                                                        + " it has room for "
                                                        + megabytes
                                                        + "m of 2g")
                                        && change.matches(".*; [0-9]+m would have it"));
    }

    /** What is said to be enough is. */
    @Test
    void theTotalThatIsNamedHasRoomForAll() {
        budget.grant(new FlinkConfig("taskmanager.memory.process.size: 3000m"));
        String said = budget.changes().stream().filter(c -> c.contains("stays")).findAny().get();
        String enough = said.replaceAll(".*; ([0-9]+m) would have it", "$1");

        OffHeapBudget again = new OffHeapBudget(OURS);
        FlinkConfig config =
                again.grant(new FlinkConfig("taskmanager.memory.process.size: " + enough));

        assertThat(config.get("taskmanager.memory.task.off-heap.size")).contains("2g");
        assertThat(again.changes()).noneMatch(change -> change.contains("stays"));
    }

    @Test
    void leavesATotalAloneThatHasNoRoomAtAll() {
        FlinkConfig config =
                new FlinkConfig(
                        "taskmanager.memory.process.size: 1100m\n"
                                + "taskmanager.memory.managed.size: 261m");

        assertThat(budget.grant(config)).isSameAs(config);

        assertThat(budget.changes())
                .singleElement()
                .asString()
                .startsWith(
                        "taskmanager.memory.process.size: 1100m stays, as it was chosen; it has no"
                                + " room for 2g");
    }

    @Test
    void addsToSizesSpelledOut() {
        FlinkConfig config =
                new FlinkConfig(
                        "taskmanager.memory.task.heap.size: 1g\n"
                                + "taskmanager.memory.managed.size: 0");

        assertThat(budget.grant(config).asMap())
                .isEqualTo(
                        Map.of(
                                "taskmanager.memory.task.heap.size", "1g",
                                "taskmanager.memory.managed.size", "0",
                                "taskmanager.memory.task.off-heap.size", "2g"));
    }

    @Test
    void refusesATotalThatIsTooSmallAlready() {
        FlinkConfig config = new FlinkConfig("taskmanager.memory.process.size: 100m");

        assertThatThrownBy(() -> budget.grant(config))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("config.yaml: TaskManager memory configuration failed");
    }

    private static TaskExecutorProcessSpec divide(FlinkConfig config) {
        return TaskExecutorProcessUtils.processSpecFromConfig(
                Configuration.fromMap(config.asMap()));
    }
}
