// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import java.util.Locale;

/** Topics: one for each kind of line. */
public enum KafkaTopic {
    SCORES,
    THROUGHPUT,
    SEGMENTS;

    /** What a topic is called behind its prefix. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The topic's name. */
    String in(KafkaSettings settings) {
        return settings.prefix() + "-" + label();
    }
}
