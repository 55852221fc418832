// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import io.stdcseg.error.InputException;

/** Flink's connector for Kafka, with Kafka's clients: in a jar of its own, which may be missing. */
public final class KafkaConnector {

    private KafkaConnector() {}

    /**
     * Refuses to plan a job that would not find it.
     *
     * @throws InputException if the class loader does not have it; says which jar does
     */
    public static void require(ClassLoader loader) {
        require(loader, "org.apache.flink.connector.kafka.sink.KafkaSink");
        require(loader, "org.apache.kafka.clients.admin.Admin");
    }

    private static void require(ClassLoader loader, String name) {
        try {
            Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new InputException(
                    "--kafka-servers needs stdc-kafka.jar, which mvn -DskipTests package builds in"
                            + " job/kafka/target: scripts/stdc finds it there, and"
                            + " scripts/install-flink-lib copies it to the lib of a cluster",
                    e);
        }
    }
}
