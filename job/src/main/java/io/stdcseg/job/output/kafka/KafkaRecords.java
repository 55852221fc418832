// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Lines as Kafka's records of one topic. They bear the time at which they are sent: a broker keeps
 * records by that, and a stream's own time may begin in 1970.
 */
final class KafkaRecords
        implements KafkaRecordSerializationSchema<KafkaLine>, KafkaDatasetFacetProvider {

    private static final long serialVersionUID = 1L;

    private final KafkaSettings settings;
    private final String topic;

    KafkaRecords(KafkaSettings settings, String topic) {
        this.settings = settings;
        this.topic = topic;
    }

    /** Called before the producer waits for a broker, for a minute and without a word. */
    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        KafkaCheck.require(settings, List.of(topic));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            KafkaLine line, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, line.key().getBytes(UTF_8), line.json().getBytes(UTF_8));
    }

    /** By the topic the connector finds transactions that an earlier attempt left open. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(
                        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
