// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where lines go in Kafka.
 *
 * @param servers brokers that a client asks first, {@code HOST:PORT,...}
 * @param prefix of the topics' names
 * @param options further ones of Kafka's clients, by name; may hold credentials and are not shown
 */
public record KafkaSettings(String servers, String prefix, Map<String, String> options)
        implements Serializable {

    public KafkaSettings {
        options = new TreeMap<>(options);
    }

    /** Without the options' values. */
    @Override
    public String toString() {
        return "Kafka at " + servers + ", topics " + prefix + "-*, with " + options.keySet();
    }
}
