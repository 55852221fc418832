// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.OutputFolder;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaSinkBuilder;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Output of lines to Kafka, each exactly once: what lies between two checkpoints is a transaction,
 * which is committed when the second is complete. Who reads only what is committed sees a line when
 * files have it.
 */
public final class KafkaOutput {

    private static final TypeInformation<KafkaLine> LINE = TypeInformation.of(KafkaLine.class);
    private static final String TIMEOUT = "transaction.timeout.ms";

    /** The most that brokers allow unless they are told otherwise. */
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(15);

    /** A checkpoint may take so long, and its commit be so late. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final KafkaSettings settings;
    private final OutputFolder run;

    /**
     * @param run whose transactions nobody else's are mistaken for
     */
    public KafkaOutput(KafkaSettings settings, OutputFolder run) {
        this.settings = settings;
        this.run = run;
    }

    /**
     * Sends elements as lines of JSON.
     *
     * @param key of an element; those with the same one stay in order
     * @param row what Jackson writes for an element
     * @throws InputException if a transaction may not last for two checkpoints and two minutes
     */
    public <T> void send(
            DataStream<T> elements,
            KafkaTopic topic,
            SerializableFunction<T, String> key,
            SerializableFunction<T, Map<String, Object>> row) {
        requireTime(
                elements.getExecutionEnvironment().getCheckpointConfig().getCheckpointInterval());
        elements.map(element -> KafkaLine.of(key.apply(element), row.apply(element)), LINE)
                .name("lines of " + topic.label())
                .uid("kafka-lines-" + topic.label())
                .setParallelism(1)
                .sinkTo(sink(topic))
                .name("send " + topic.label())
                .uid("kafka-" + topic.label())
                .setParallelism(1);
    }

    private KafkaSink<KafkaLine> sink(KafkaTopic topic) {
        KafkaSinkBuilder<KafkaLine> sink = KafkaSink.builder();
        sink.setBootstrapServers(settings.servers());
        settings.options().forEach(sink::setProperty);
        return sink.setProperty(TIMEOUT, timeout())
                // Of the producers that take turns the first one's metrics would stand for all.
                .setProperty("register.producer.metrics", "false")
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("stdc-" + run.run() + "-" + topic.label())
                // A broker remembers each name for a week: a few are used in turn.
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setRecordSerializer(new KafkaRecords(settings, topic.in(settings)))
                .build();
    }

    private String timeout() {
        return settings.options().getOrDefault(TIMEOUT, Long.toString(DEFAULT_TIMEOUT.toMillis()));
    }

    private void requireTime(long interval) {
        long most = Long.parseLong(timeout());
        // Begins behind one checkpoint, and has to last until the next but one if that fails.
        long needed = 2 * interval + MARGIN.toMillis();
        if (needed > most) {
            throw new InputException(
                    "a checkpoint comes every "
                            + interval / 1000
                            + " s, and Kafka's transactions last for "
                            + most / 1000
                            + " s, which have to be twice that and two minutes, "
                            + needed / 1000
                            + " s: a shorter --checkpoint-interval, or a longer --kafka-option "
                            + TIMEOUT
                            + "=MILLISECONDS is allowed");
        }
    }
}
