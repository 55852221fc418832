// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.error;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/** Warnings logged once for a process, however often their cause is found. */
public final class WarnOnce {

    /** More subjects nobody reads of, and the set must not grow for ever. */
    private static final int MAX_SUBJECTS = 1000;

    private static final Set<String> SUBJECTS = new HashSet<>();

    private WarnOnce() {}

    /** Warns with a line. */
    public static void once(Logger log, String line) {
        once(log, line, line);
    }

    /** Warns with a line unless there was another of the same subject. */
    public static synchronized void once(Logger log, String subject, String line) {
        if (SUBJECTS.size() < MAX_SUBJECTS && SUBJECTS.add(subject)) {
            log.warn("{}", line);
        }
    }
}
