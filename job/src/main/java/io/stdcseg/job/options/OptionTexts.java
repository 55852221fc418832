// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.video.live.LiveAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** What others are told of the options of {@code segment}, as text. */
public final class OptionTexts {

    /** Options that say how and where, and not what comes out. */
    private static final Set<ConfigOption<?>> FREE =
            Set.of(
                    SegmentOptions.OUTPUT,
                    SegmentOptions.CHECKPOINT_INTERVAL,
                    SegmentOptions.PARALLELISM,
                    SourceOptions.RANGE,
                    SegmentOptions.RESUME,
                    LiveSourceOptions.SOURCE_OPTION,
                    LiveSourceOptions.LIVE_LAG,
                    LiveSourceOptions.ADAPT,
                    KafkaOptions.KAFKA_SERVERS,
                    KafkaOptions.KAFKA_OPTION,
                    NetworkOptions.BATCH_SIZE,
                    NetworkOptions.BATCH_TIMEOUT);

    /** Options that are not shown to anybody. */
    private static final Set<ConfigOption<?>> SECRET =
            Set.of(LiveSourceOptions.SOURCE_OPTION, KafkaOptions.KAFKA_OPTION);

    /** What stands before the host in an address. */
    private static final Pattern USER_INFO = Pattern.compile("://[^/\\s]*@");

    private OptionTexts() {}

    /**
     * The options that decide what comes out, by name, as text; those that are not set and have no
     * default are left out.
     */
    public static Map<String, String> deciding(Configuration options) {
        Map<String, String> deciding = new TreeMap<>();
        for (CliOption<?> cli : SegmentOptions.ALL) {
            Object value = options.get(cli.option());
            if (value != null && !FREE.contains(cli.option())) {
                deciding.put(cli.option().key(), OptionValues.text(value));
            }
        }
        if (options.getOptional(KafkaOptions.KAFKA_SERVERS).isEmpty()) {
            deciding.remove(KafkaOptions.KAFKA_TOPIC.key());
        }
        // They are written down, and addresses may hold credentials.
        options.getOptional(SourceOptions.SOURCE)
                .map(OptionTexts::withoutSecrets)
                .ifPresent(sources -> deciding.put(SourceOptions.SOURCE.key(), sources));
        return deciding;
    }

    /**
     * All options by name, as text, for Flink's web UI and whoever may see it: without credentials
     * in addresses, and without what is passed to FFmpeg or Kafka, which may hold some.
     */
    public static Map<String, String> shown(Configuration options) {
        Map<String, String> shown = new TreeMap<>();
        for (CliOption<?> cli : SegmentOptions.ALL) {
            Object value = options.get(cli.option());
            if (value != null && !SECRET.contains(cli.option())) {
                shown.put(
                        cli.option().key(),
                        USER_INFO.matcher(OptionValues.text(value)).replaceAll("://"));
            }
        }
        options.getOptional(SourceOptions.SOURCE)
                .map(OptionTexts::withoutSecrets)
                .ifPresent(sources -> shown.put(SourceOptions.SOURCE.key(), sources));
        return shown;
    }

    private static String withoutSecrets(List<String> sources) {
        return OptionValues.text(
                sources.stream()
                        .map(
                                source -> {
                                    LiveAddress address = LiveAddress.of(source);
                                    return address == null ? source : address.shown();
                                })
                        .toList());
    }
}
