// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.kafka;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Check of Kafka before anything is sent: whether a broker answers, and whether the topics are
 * there. Those that are not are made, by the broker's own defaults.
 */
public final class KafkaCheck {

    /** How long a machine may take to be found. */
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    /** A broker answers at once, but for a machine that has too much to do. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern REFUSED_OPTION = Pattern.compile("for configuration ([a-z.]+)");

    private KafkaCheck() {}

    /**
     * Refuses to begin without a broker and all topics.
     *
     * @throws InputException in one line, in seconds
     */
    public static void require(KafkaSettings settings) {
        require(
                settings,
                Arrays.stream(KafkaTopic.values()).map(topic -> topic.in(settings)).toList());
    }

    static void require(KafkaSettings settings, Collection<String> topics) {
        requireListener(settings);
        try (Admin admin = client(settings)) {
            Set<String> present = get(admin.listTopics().names());
            List<NewTopic> missing =
                    topics.stream()
                            .filter(topic -> !present.contains(topic))
                            .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                            .toList();
            if (!missing.isEmpty()) {
                make(admin, missing);
            }
        } catch (ExecutionException e) {
            throw refused(settings, e.getCause());
        }
    }

    /** Kafka's clients would try again and again, without a word. */
    private static void requireListener(KafkaSettings settings) {
        IOException refusal = null;
        for (String server : settings.servers().split(",", -1)) {
            int colon = server.lastIndexOf(':');
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(
                                server.substring(0, colon),
                                Integer.parseInt(server.substring(colon + 1))),
                        (int) CONNECTING.toMillis());
                return;
            } catch (IOException e) {
                refusal = e;
            }
        }
        throw new InputException(
                "--kafka-servers "
                        + settings.servers()
                        + ": nobody listens there, "
                        + (refusal instanceof UnknownHostException
                                ? "no machine has such a name"
                                : oneLine(refusal)),
                refusal);
    }

    private static void make(Admin admin, List<NewTopic> missing) {
        admin.createTopics(missing)
                .values()
                .forEach(
                        (topic, made) -> {
                            try {
                                get(made);
                            } catch (ExecutionException e) {
                                if (!(e.getCause() instanceof TopicExistsException)) {
                                    throw new InputException(
                                            "Kafka's topic "
                                                    + topic
                                                    + " is not there and cannot be made: "
                                                    + oneLine(e.getCause()),
                                            e);
                                }
                            }
                        });
    }

    private static Admin client(KafkaSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.options());
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
        int millis = (int) PATIENCE.toMillis();
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw unusable(settings, e);
        }
    }

    /** Kafka's own words name an option's value; those about a file do not. */
    private static InputException unusable(KafkaSettings settings, KafkaException error) {
        String all = error + " " + error.getCause();
        Matcher option = REFUSED_OPTION.matcher(all);
        return new InputException(
                "--kafka-option"
                        + (option.find() ? " " + option.group(1) : "")
                        + ": Kafka's client cannot use "
                        + String.join(", ", settings.options().keySet())
                        + " as given"
                        + ExceptionUtils.findThrowable(error, IOException.class)
                                .map(file -> ", " + oneLine(file))
                                .orElse(""));
    }

    private static InputException refused(KafkaSettings settings, Throwable error) {
        String servers = "--kafka-servers " + settings.servers();
        if (error instanceof TimeoutException) {
            return new InputException(
                    servers
                            + ": no Kafka broker answers there within "
                            + PATIENCE.toSeconds()
                            + " s",
                    error);
        }
        return new InputException(servers + ": refused, " + oneLine(error), error);
    }

    private static String oneLine(Throwable error) {
        return String.valueOf(error.getMessage()).replaceAll("\\s*\\R\\s*", " ");
    }

    /** Kafka's own limit ends it. */
    private static <T> T get(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InputException("ended before Kafka answered", e);
        }
    }
}
