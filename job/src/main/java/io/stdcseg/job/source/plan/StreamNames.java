// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of a job's streams, each taken once: they name the files written for them. */
final class StreamNames {

    private final Set<String> taken;

    StreamNames(Collection<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** {@code wanted}, or {@code wanted-2}, {@code wanted-3}, ... if it is taken; now it is. */
    String unique(String wanted) {
        String base = wanted.isEmpty() ? "stream" : wanted;
        String name = base;
        // Names become file names, and some file systems ignore case.
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = base + "-" + i;
        }
        return name;
    }

    /** Gives a name back, of a stream of which nothing was written. */
    void release(String name) {
        taken.remove(name.toLowerCase(Locale.ROOT));
    }

    /** All that are taken, for a checkpoint. */
    List<String> taken() {
        return List.copyOf(taken);
    }
}
