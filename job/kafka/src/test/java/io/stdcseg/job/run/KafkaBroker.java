// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Real broker of Kafka in this JVM, which is its own controller (KRaft). */
final class KafkaBroker implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaRaftServer server;
    private final String address;

    KafkaBroker(Path folder) throws Exception {
        int[] ports = freePorts();
        address = "localhost:" + ports[0];
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@localhost:" + ports[1]);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://" + address + ",CONTROLLER://localhost:" + ports[1]);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        for (String topic : List.of("offsets.topic", "transaction.state.log")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "1");
        }
        settings.put("transaction.state.log.min.isr", "1");
        new Formatter()
                .setNodeId(1)
                .setClusterId("AAAAAAAAAAAAAAAAAAAAAA")
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(folder.toString()))
                .setMetadataLogDirectory(folder.toString())
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                .run();
        server = new KafkaRaftServer(new KafkaConfig(settings), Time.SYSTEM);
        server.startup();
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket two = new ServerSocket(0)) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    /** What {@code --kafka-servers} takes. */
    String address() {
        return address;
    }

    /** Ids of transactions that are neither committed nor aborted. */
    List<String> openTransactions() throws Exception {
        try (Admin admin = Admin.create(Map.<String, Object>of("bootstrap.servers", address))) {
            return admin.listTransactions().all().get().stream()
                    .filter(one -> one.state().toString().equals("Ongoing"))
                    .map(one -> one.transactionalId())
                    .toList();
        }
    }

    /** What a reader finds in a topic that takes nothing but what is committed. */
    List<ConsumerRecord<String, String>> committed(String topic) {
        try (Reader reader = new Reader(address, topic)) {
            return reader.toEnd();
        }
    }

    /** A reader that goes on where it was. */
    Reader reader(String topic) {
        return new Reader(address, topic);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Reader of one topic. */
    static final class Reader implements AutoCloseable {

        private final KafkaConsumer<String, String> consumer;
        private final Map<TopicPartition, Map<Long, ConsumerRecord<String, String>>> seen =
                new LinkedHashMap<>();

        private Reader(String address, String topic) {
            consumer =
                    new KafkaConsumer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    address,
                                    "isolation.level",
                                    "read_committed"),
                            new StringDeserializer(),
                            new StringDeserializer());
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(part -> new TopicPartition(topic, part.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }

        /** Waits for a moment; how many records there are by then. */
        int poll() {
            consumer.poll(POLL)
                    .forEach(
                            one ->
                                    seen.computeIfAbsent(
                                                    new TopicPartition(
                                                            one.topic(), one.partition()),
                                                    any -> new LinkedHashMap<>())
                                            .put(one.offset(), one));
            return seen.values().stream().mapToInt(Map::size).sum();
        }

        private List<ConsumerRecord<String, String>> toEnd() {
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                poll();
            }
            return seen.values().stream().flatMap(part -> part.values().stream()).toList();
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
