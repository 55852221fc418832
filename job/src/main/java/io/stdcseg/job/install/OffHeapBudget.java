// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import io.stdcseg.error.InputException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.IllegalConfigurationException;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;

/**
 * Budget of task managers for memory outside the heap; takes none from what they had.
 *
 * <p>Flink divides a total by fractions: a bigger total alone would go to managed memory for the
 * most part, and an unchanged one would not suffice. So managed memory is pinned to what it was,
 * and the total grows until the heap is what it was.
 */
final class OffHeapBudget {

    static final String OFF_HEAP = "taskmanager.memory.task.off-heap.size";

    private static final String MANAGED = "taskmanager.memory.managed.size";
    private static final List<String> TOTALS =
            List.of("taskmanager.memory.process.size", "taskmanager.memory.flink.size");
    private static final MemorySize STEP = MemorySize.ofMebiBytes(64);

    private final List<String> changes = new ArrayList<>();

    /** One line for each value that {@link #grant} set. */
    List<String> changes() {
        return changes;
    }

    /**
     * The configuration with that much of it, unless the user chose a size of his own.
     *
     * @throws InputException if the memory options contradict each other as they are
     */
    FlinkConfig grant(FlinkConfig config, String room) {
        if (config.get(OFF_HEAP).isPresent()) {
            return config;
        }
        FlinkConfig roomy = set(config, OFF_HEAP, room);
        List<String> totals = TOTALS.stream().filter(key -> config.get(key).isPresent()).toList();
        if (totals.isEmpty()) {
            return roomy;
        }
        TaskExecutorProcessSpec before;
        try {
            before = divide(config);
        } catch (IllegalConfigurationException e) {
            throw new InputException("config.yaml: " + e.getMessage(), e);
        }
        if (config.get(MANAGED).isEmpty()) {
            roomy = set(roomy, MANAGED, mebibytes(before.getManagedMemorySize()));
        }
        return growTotals(roomy, totals, before.getTaskHeapSize());
    }

    private FlinkConfig growTotals(FlinkConfig config, List<String> totals, MemorySize heap) {
        FlinkConfig grown = config;
        while (!suffices(grown, heap)) {
            for (String total : totals) {
                grown = grown.with(total, mebibytes(size(grown, total).add(STEP)));
            }
        }
        for (String total : totals) {
            changes.add(
                    total
                            + ": "
                            + mebibytes(size(grown, total))
                            + ", was "
                            + config.get(total).orElseThrow());
        }
        return grown;
    }

    private FlinkConfig set(FlinkConfig config, String key, String value) {
        changes.add(key + ": " + value);
        return config.with(key, value);
    }

    private static boolean suffices(FlinkConfig config, MemorySize heap) {
        try {
            return divide(config).getTaskHeapSize().compareTo(heap) >= 0;
        } catch (IllegalConfigurationException tooSmall) {
            return false;
        }
    }

    private static TaskExecutorProcessSpec divide(FlinkConfig config) {
        return TaskExecutorProcessUtils.processSpecFromConfig(
                Configuration.fromMap(config.asMap()));
    }

    private static MemorySize size(FlinkConfig config, String key) {
        return MemorySize.parse(config.get(key).orElseThrow());
    }

    private static String mebibytes(MemorySize size) {
        return size.getMebiBytes() + "m";
    }
}
