// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.video.live.LiveSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of {@code segment} that concern live sources. */
public final class LiveSourceOptions {

    public static final ConfigOption<List<String>> SOURCE_OPTION =
            key("source-option")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "Option of live sources, as rtsp_transport=udp; those that are allowed"
                                    + " are passed to FFmpeg; timeout=SECONDS is how long a camera"
                                    + " may say nothing, hosts=A,B where a playlist may lead"
                                    + " besides; may be given more than once.");

    public static final ConfigOption<Duration> LIVE_LAG =
            key("live-lag")
                    .durationType()
                    .defaultValue(LiveSettings.DEFAULT_LAG)
                    .withDescription(
                            "How long a frame of a live source may wait; those that have waited"
                                    + " longer are left out, counted and reported. Default: 2s.");

    public static final ConfigOption<Boolean> ADAPT =
            key("adapt")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Let the network see frames of live sources at a lower height, down to"
                                    + " a quarter of the usual one, while they come faster than"
                                    + " they are segmented, before any is left out.");

    public static final ConfigOption<Boolean> FOLLOW =
            key("follow")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Video files are still being written: go on with what is added to"
                                    + " them, until the job is stopped.");

    static final List<CliOption<?>> ALL =
            List.of(
                    new CliOption<>(SOURCE_OPTION, "K=V", true, Function.identity()),
                    CliOption.of(LIVE_LAG, "D", OptionValues::positiveDuration),
                    CliOption.flag(ADAPT),
                    CliOption.flag(FOLLOW));

    private LiveSourceOptions() {}

    /** What the options say of live streams. */
    static LiveSettings settings(Configuration options) {
        Map<String, String> passed = new TreeMap<>();
        for (String option : options.get(SOURCE_OPTION)) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new InputException(
                        "--source-option " + option + " is not of the form key=value");
            }
            passed.put(option.substring(0, equals), option.substring(equals + 1));
        }
        return LiveSettings.DEFAULT.with(options.get(LIVE_LAG), passed);
    }
}
