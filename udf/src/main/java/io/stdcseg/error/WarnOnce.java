// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.error;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/** What users are told once for a process, however often it is found. */
public final class WarnOnce {

    /** More than that nobody reads, and it must not grow for ever. */
    private static final int MOST = 1000;

    private static final Set<String> SUBJECTS = new HashSet<>();

    private WarnOnce() {}

    /** Says a line. */
    public static void once(Logger log, String line) {
        once(log, line, line);
    }

    /** Says a line unless another was said of the same subject. */
    public static synchronized void once(Logger log, String subject, String line) {
        if (SUBJECTS.size() < MOST && SUBJECTS.add(subject)) {
            log.warn("{}", line);
        }
    }
}
