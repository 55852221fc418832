// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.SegmentSettings;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What goes to a real broker is what lies in files, whatever happens to the job. */
@Timeout(600)
class KafkaITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int FRAMES = 40;

    @TempDir private static Path log;

    private static KafkaBroker broker;

    @TempDir private Path dir;

    private SmallRun run;

    @BeforeAll
    static void start() throws Exception {
        broker = new KafkaBroker(log);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @BeforeEach
    void choose() {
        run = new SmallRun(dir.resolve("out"));
    }

    /** Down to the last windows, which come when the input has ended; as a command runs it. */
    @Test
    void theLinesOfFilesAreThoseOfTopics() throws Exception {
        SegmentSettings settings =
                settings(
                        "300ms",
                        "--max-frames",
                        String.valueOf(FRAMES),
                        "--write",
                        "hls,video,scores,throughput",
                        "--chunk",
                        "1s",
                        "--kafka-servers",
                        broker.address(),
                        "--kafka-topic",
                        "whole");

        SegmentRun.runWhole(settings);

        assertThat(values("whole-scores")).isNotEmpty().isEqualTo(run.lines("scores"));
        assertThat(values("whole-throughput")).isNotEmpty().isEqualTo(run.lines("throughput"));
        assertThat(broker.committed("whole-scores"))
                .extracting(ConsumerRecord::key)
                .containsOnly("street");
        assertThat(broker.openTransactions()).isEmpty();
        assertTold("segment", "hls/street/", ".m4s");
        assertTold("chunk", "street.masked-", ".mp4");
    }

    /** Every published file of a kind, each once, and no other; all frames are in them. */
    private void assertTold(String kind, String prefix, String suffix) throws Exception {
        List<String> told = new ArrayList<>();
        long frames = 0;
        for (ConsumerRecord<String, String> one : broker.committed("whole-segments")) {
            JsonNode event = MAPPER.readTree(one.value());
            assertThat(one.key()).isEqualTo("street");
            if (event.get("kind").asText().equals(kind)) {
                assertThat(event.get("output").asText()).isEqualTo(run.output().toString());
                told.add(event.get("file").asText());
                frames += event.get("frames").asLong();
            }
        }
        assertThat(frames).isEqualTo(FRAMES);
        try (Stream<Path> files = Files.walk(run.output())) {
            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> run.output().relativize(file).toString())
                                    .filter(file -> file.startsWith(prefix))
                                    .filter(file -> file.endsWith(suffix))
                                    .toList());
        }
    }

    @Test
    void whereNoBrokerIsOneLineSaysSoBeforeAnythingIsMade() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        String address = "localhost:" + port;

        assertThatThrownBy(() -> SegmentRun.runWhole(settings("300ms", "--kafka-servers", address)))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--kafka-servers "
                                + address
                                + ": nobody listens there, Connection refused");
        assertThat(run.output()).doesNotExist();
    }

    @Test
    void whatKafkaRefusesIsNamedWithoutItsValue() {
        String[][] refused = {
            {"security.protocol=geheim", "--kafka-option security.protocol: Kafka's client cannot"},
            {"sasl.jaas.config=geheim", "--kafka-option: Kafka's client cannot use sasl.jaas"}
        };
        for (String[] one : refused) {
            SegmentSettings settings =
                    settings(
                            "300ms",
                            "--kafka-servers",
                            broker.address(),
                            "--kafka-option",
                            one[0],
                            "--kafka-option",
                            one[0].startsWith("sasl")
                                    ? "security.protocol=SASL_PLAINTEXT"
                                    : one[0]);
            assertThatThrownBy(() -> SegmentRun.runWhole(settings))
                    .isInstanceOf(InputException.class)
                    .hasMessageStartingWith(one[1])
                    .hasMessageNotContaining("geheim")
                    .hasNoCause();
        }
    }

    @Test
    void twoCheckpointsHaveToComeBeforeATransactionIsOver() throws Exception {
        build("390s");

        assertThatThrownBy(() -> build("391s"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "a checkpoint comes every 391 s, and Kafka's transactions last for 900 s,"
                                + " which have to be twice that and two minutes, 902 s: a shorter");
    }

    private void build(String checkpointInterval) throws Exception {
        SegmentSettings settings =
                settings(checkpointInterval, "--kafka-servers", broker.address());
        new SegmentPipeline(settings).build(StreamExecutionEnvironment.getExecutionEnvironment());
    }

    private SegmentSettings settings(String checkpointInterval, String... more) {
        return run.settings(SmallRun.CLIP, checkpointInterval, more);
    }

    private static List<String> values(String topic) {
        return broker.committed(topic).stream().map(ConsumerRecord::value).toList();
    }
}
