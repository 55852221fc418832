// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.kafka.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of {@code segment} that send lines to Apache Kafka. */
public final class KafkaOptions {

    public static final ConfigOption<String> KAFKA_SERVERS =
            key("kafka-servers")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Brokers of Apache Kafka, HOST:PORT separated by commas, to which the"
                                    + " lines of scores and throughput go, and one for each piece"
                                    + " of masked video that is published, whatever --write says;"
                                    + " exactly once. Needs stdc-kafka.jar.");

    public static final ConfigOption<String> KAFKA_TOPIC =
            key("kafka-topic")
                    .stringType()
                    .defaultValue("stdc")
                    .withDescription(
                            "Beginning of Kafka's topics: NAME-scores, NAME-throughput and"
                                    + " NAME-segments. Default: stdc.");

    public static final ConfigOption<List<String>> KAFKA_OPTION =
            key("kafka-option")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Option of Kafka's clients, as security.protocol=SSL: security.*,"
                                    + " sasl.*, ssl.* and transaction.timeout.ms; may be given more"
                                    + " than once. Values are not shown anywhere.");

    static final List<CliOption<?>> ALL =
            List.of(
                    CliOption.of(KAFKA_SERVERS, "HOST:PORT,...", KafkaOptions::servers),
                    CliOption.of(KAFKA_TOPIC, "NAME", KafkaOptions::topic),
                    new CliOption<>(KAFKA_OPTION, "K=V", true, Function.identity()));

    private static final Pattern SERVER =
            Pattern.compile("(?:[\\w.-]+|\\[[0-9a-fA-F:.%]+]):(\\d{1,5})");
    private static final int LAST_PORT = 65535;

    /** Kafka allows 249 characters, of which the longest kind has eleven. */
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,238}");

    private static final Pattern ALLOWED =
            Pattern.compile("(?:security|sasl|ssl)\\.[a-z0-9.]+|transaction\\.timeout\\.ms");
    private static final String TIMEOUT = "transaction.timeout.ms";

    private KafkaOptions() {}

    /** What the options say; null where nothing goes to Kafka. */
    static KafkaSettings settings(Configuration options) {
        Map<String, String> passed = new TreeMap<>();
        options.get(KAFKA_OPTION).forEach(option -> pass(option, passed));
        String servers = options.get(KAFKA_SERVERS);
        if (servers != null) {
            return new KafkaSettings(servers, options.get(KAFKA_TOPIC), passed);
        }
        if (!passed.isEmpty() || options.getOptional(KAFKA_TOPIC).isPresent()) {
            throw new InputException(
                    (passed.isEmpty() ? "--kafka-topic" : "--kafka-option")
                            + " says how lines go to Kafka; --kafka-servers, which says where, is"
                            + " missing");
        }
        return null;
    }

    /** What comes in front of an @ may be a password. */
    private static String servers(String text) {
        for (String server : text.split(",", -1)) {
            Matcher address = SERVER.matcher(server);
            int port = address.matches() ? Integer.parseInt(address.group(1)) : 0;
            if (port < 1 || port > LAST_PORT) {
                throw new InputException(
                        "'"
                                + server.substring(server.lastIndexOf('@') + 1)
                                + "' is not allowed; HOST:PORT is, several with commas between"
                                + " them");
            }
        }
        return text;
    }

    private static String topic(String text) {
        if (!TOPIC.matcher(text).matches()) {
            throw new InputException(
                    "'"
                            + text
                            + "' is not allowed; up to 238 letters and digits of ASCII, dots, '_'"
                            + " and '-' are");
        }
        return text;
    }

    /** A value is never told, not even of an option that is none. */
    private static void pass(String option, Map<String, String> passed) {
        int equals = option.indexOf('=');
        if (equals < 1) {
            throw new InputException("--kafka-option is not of the form key=value");
        }
        String name = option.substring(0, equals);
        String value = option.substring(equals + 1);
        if (!ALLOWED.matcher(name).matches()) {
            throw new InputException(
                    "--kafka-option "
                            + name
                            + " is not allowed; security.*, sasl.*, ssl.* and "
                            + TIMEOUT
                            + " are");
        }
        passed.put(name, name.equals(TIMEOUT) ? milliseconds(value) : value);
    }

    private static String milliseconds(String text) {
        try {
            return OptionValues.integer(1).apply(text).toString();
        } catch (InputException e) {
            throw new InputException("--kafka-option " + TIMEOUT + " " + e.getMessage(), e);
        }
    }
}
