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
 * Budget of task managers for memory outside the heap.
 *
 * <p>Flink divides a total by fractions. A total that somebody chose, perhaps as large as their
 * pods, stays: the room is taken from the heap, then from managed memory, as far as neither was
 * chosen; what does not fit is said. The total of Flink's distribution nobody chose: it grows until
 * heap and managed memory are what they were.
 */
final class OffHeapBudget {

    static final String OFF_HEAP = "taskmanager.memory.task.off-heap.size";
    static final String HEAP = "taskmanager.memory.task.heap.size";
    static final String MANAGED = "taskmanager.memory.managed.size";

    private static final String MANAGED_SHARE = "taskmanager.memory.managed.fraction";
    private static final String PROCESS = "taskmanager.memory.process.size";
    private static final List<String> TOTALS = List.of(PROCESS, "taskmanager.memory.flink.size");

    /** In the configuration that Flink comes with, since 1.10. */
    private static final String DISTRIBUTIONS = "1728m";

    private static final MemorySize STEP = MemorySize.ofMebiBytes(64);

    private final FlinkConfig ours;
    private final MemorySize room;
    private final List<String> changes = new ArrayList<>();

    /**
     * @param ours what the job needs: off-heap memory, heap, and managed memory that is enough
     */
    OffHeapBudget(FlinkConfig ours) {
        this.ours = ours;
        this.room = size(ours, OFF_HEAP);
    }

    /** One line for each value that {@link #grant} set, and for what does not fit. */
    List<String> changes() {
        return changes;
    }

    /**
     * The configuration with that much of it, unless the user chose a size of his own.
     *
     * @throws InputException if the memory options contradict each other as they are
     */
    FlinkConfig grant(FlinkConfig config) {
        if (config.get(OFF_HEAP).isPresent()) {
            return config;
        }
        List<String> totals = TOTALS.stream().filter(key -> config.get(key).isPresent()).toList();
        if (totals.isEmpty()) {
            return set(config, OFF_HEAP, text(room));
        }
        TaskExecutorProcessSpec before;
        try {
            before = divide(config);
        } catch (IllegalConfigurationException e) {
            throw new InputException("config.yaml: " + e.getMessage(), e);
        }
        boolean distributions =
                totals.equals(List.of(PROCESS))
                        && config.get(PROCESS).orElseThrow().equals(DISTRIBUTIONS);
        return distributions ? grow(config, before) : fit(config, totals, before);
    }

    /** Within the totals, as far as that goes. */
    private FlinkConfig fit(
            FlinkConfig config, List<String> totals, TaskExecutorProcessSpec before) {
        MemorySize heap = smaller(before.getTaskHeapSize(), size(ours, HEAP));
        if (suffices(config.with(OFF_HEAP, mebibytes(room)), heap)) {
            return set(config, OFF_HEAP, text(room));
        }
        boolean managedIsChosen =
                config.get(MANAGED).isPresent() || config.get(MANAGED_SHARE).isPresent();
        MemorySize managed = smaller(before.getManagedMemorySize(), size(ours, MANAGED));
        FlinkConfig lean = managedIsChosen ? config : config.with(MANAGED, mebibytes(managed));
        String total = totals.get(0);
        String chosen = total + ": " + config.get(total).orElseThrow() + " stays, as it was chosen";
        MemorySize most = most(lean, heap);
        if (most.getBytes() == 0) {
            changes.add(chosen + "; it has no room for " + needs(config, totals, heap));
            return config;
        }
        if (!managedIsChosen) {
            changes.add(MANAGED + ": " + mebibytes(managed));
        }
        if (most.compareTo(room) < 0) {
            changes.add(
                    chosen
                            + "; it has room for "
                            + mebibytes(most)
                            + " of "
                            + needs(config, totals, heap));
        }
        return set(lean, OFF_HEAP, text(most));
    }

    /** All totals grow together: one alone would soon be more than the others leave to the JVM. */
    private String needs(FlinkConfig config, List<String> totals, MemorySize heap) {
        FlinkConfig enough = config.with(OFF_HEAP, mebibytes(room));
        if (config.get(MANAGED).isEmpty() && config.get(MANAGED_SHARE).isEmpty()) {
            enough = enough.with(MANAGED, ours.get(MANAGED).orElseThrow());
        }
        while (!suffices(enough, heap)) {
            for (String total : totals) {
                enough = enough.with(total, mebibytes(size(enough, total).add(STEP)));
            }
        }
        return text(room)
                + " that pictures and libtorch may need outside the heap; "
                + mebibytes(size(enough, totals.get(0)))
                + " would have it";
    }

    /** The largest part of the room that leaves so much heap; zero if none does. */
    private MemorySize most(FlinkConfig config, MemorySize heap) {
        MemorySize most = room;
        while (most.getBytes() > 0 && !suffices(config.with(OFF_HEAP, mebibytes(most)), heap)) {
            most = MemorySize.ofMebiBytes(Math.max(0, most.subtract(STEP).getMebiBytes()));
        }
        return most;
    }

    /** A bigger total alone would go to managed memory for the most part, which is pinned. */
    private FlinkConfig grow(FlinkConfig config, TaskExecutorProcessSpec before) {
        FlinkConfig grown = set(config, OFF_HEAP, text(room));
        if (config.get(MANAGED).isEmpty()) {
            grown = set(grown, MANAGED, mebibytes(before.getManagedMemorySize()));
        }
        while (!suffices(grown, before.getTaskHeapSize())) {
            grown = grown.with(PROCESS, mebibytes(size(grown, PROCESS).add(STEP)));
        }
        changes.add(
                PROCESS
                        + ": "
                        + mebibytes(size(grown, PROCESS))
                        + ", was the distribution's "
                        + DISTRIBUTIONS);
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

    private static MemorySize smaller(MemorySize a, MemorySize b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static MemorySize size(FlinkConfig config, String key) {
        return MemorySize.parse(config.get(key).orElseThrow());
    }

    /** All of the room as our own configuration has it. */
    private String text(MemorySize size) {
        return size.equals(room) ? ours.get(OFF_HEAP).orElseThrow() : mebibytes(size);
    }

    private static String mebibytes(MemorySize size) {
        return size.getMebiBytes() + "m";
    }
}
