// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.install;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Merge of somebody's Flink configuration with what the job needs; changes nothing they chose.
 *
 * <p>Doing it twice changes nothing the second time.
 */
final class ConfigMerge {

    private static final String JVM_FLAGS = "env.java.opts.all";
    private static final String FAILURE_ENRICHERS = "jobmanager.failure-enrichers";
    private static final String PARENT_FIRST = "classloader.parent-first-patterns.additional";

    private final FlinkConfig ours;
    private final List<String> changes = new ArrayList<>();
    private FlinkConfig theirs;

    private ConfigMerge(FlinkConfig ours, FlinkConfig theirs) {
        this.ours = ours;
        this.theirs = theirs;
    }

    /**
     * The merged configuration.
     *
     * @param config theirs, with what it lacked
     * @param changes one line for each change; empty if there was nothing to do
     */
    record Result(FlinkConfig config, List<String> changes) {}

    static Result merge(FlinkConfig ours, FlinkConfig theirs) {
        ConfigMerge merge = new ConfigMerge(ours, theirs);
        merge.addMissing(JVM_FLAGS, " ");
        merge.addMissing(PARENT_FIRST, ";");
        merge.addMissing(FAILURE_ENRICHERS, ",");
        merge.grantOffHeapMemory();
        return new Result(merge.theirs, List.copyOf(merge.changes));
    }

    private void addMissing(String key, String separator) {
        List<String> present = split(theirs, key, separator);
        List<String> missing = new ArrayList<>(split(ours, key, separator));
        missing.removeAll(present);
        if (missing.isEmpty()) {
            return;
        }
        List<String> all = new ArrayList<>(present);
        all.addAll(missing);
        theirs = theirs.with(key, String.join(separator, all));
        changes.add(key + ": added " + String.join(separator, missing));
    }

    private void grantOffHeapMemory() {
        OffHeapBudget budget = new OffHeapBudget(ours);
        theirs = budget.grant(theirs);
        changes.addAll(budget.changes());
    }

    private static List<String> split(FlinkConfig config, String key, String separator) {
        return config.get(key).stream()
                .flatMap(value -> Arrays.stream(value.trim().split(Pattern.quote(separator) + "+")))
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
