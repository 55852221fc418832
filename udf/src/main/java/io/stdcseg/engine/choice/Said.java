// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;

/** What users are told once for a process, however many networks it loads. */
final class Said {

    private static final Set<String> LINES = new HashSet<>();

    private Said() {}

    static synchronized void once(Logger log, String line) {
        if (LINES.add(line)) {
            log.warn("{}", line);
        }
    }
}
