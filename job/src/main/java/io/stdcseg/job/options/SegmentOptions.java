// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/**
 * Options of {@code segment}: what is written, how the job runs, and with those of other classes
 * all of them. {@link SegmentSettings} holds what they say.
 */
public final class SegmentOptions {

    public static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .defaultValue("out")
                    .withDescription(
                            "Directory for everything that is written, on a disk or in a store, as"
                                    + " s3://bucket/out. Default: out.");

    public static final ConfigOption<List<Output>> WRITE =
            key("write")
                    .enumType(Output.class)
                    .asList()
                    .defaultValues(Output.VIDEO, Output.SCORES, Output.THROUGHPUT, Output.REPORT)
                    .withDescription(
                            "What is written, separated by commas: video, hls, masks, confidence,"
                                    + " scores, throughput, report; or none. hls is a playlist that"
                                    + " a browser plays while the job runs:"
                                    + " OUT/hls/NAME/index.m3u8. confidence is a picture for each"
                                    + " frame of how far the two highest scores are apart. Default:"
                                    + " all but masks and confidence, and hls only where a source"
                                    + " is live.");

    public static final ConfigOption<MaskIds> IDS =
            key("ids")
                    .enumType(MaskIds.class)
                    .defaultValue(MaskIds.TRAIN)
                    .withDescription(
                            "Ids in mask pictures: train, or label for those of the data set's"
                                    + " label files. Default: train.");

    public static final ConfigOption<LineFormat> FORMAT =
            key("format")
                    .enumType(LineFormat.class)
                    .defaultValue(LineFormat.JSONL)
                    .withDescription(
                            "Format of the files of scores and throughput: jsonl or csv. Default:"
                                    + " jsonl.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            key("checkpoint-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Time between checkpoints, and length of a video segment. Default: what"
                                    + " the cluster sets, else 10s, with live sources 2s.");

    public static final ConfigOption<Integer> PARALLELISM =
            key("parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Slots that decode, segment and write side by side. Default: what the"
                                    + " cluster sets; 1 in this JVM.");

    public static final ConfigOption<Boolean> RESUME =
            key("resume")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Go on with the run in the output folder that was interrupted, killed"
                                    + " or failed, from its last checkpoint; with the options it"
                                    + " began with. Not on a cluster, where flink run -s does.");

    /** All options of {@code segment}, in the order of the help. */
    public static final List<CliOption<?>> ALL = all();

    /** Outputs of the job, as {@code --write} names them. */
    public enum Output {
        VIDEO,
        HLS,
        MASKS,
        CONFIDENCE,
        SCORES,
        THROUGHPUT,
        REPORT
    }

    private SegmentOptions() {}

    /** How one of {@link #ALL} is written on a command line. */
    public static CliOption<?> cli(ConfigOption<?> option) {
        return CliOption.in(ALL, option);
    }

    private static List<CliOption<?>> all() {
        List<CliOption<?>> all = new ArrayList<>();
        all.addAll(SourceOptions.SOURCES);
        all.add(CliOption.text(OUTPUT, "DIR"));
        all.add(CliOption.of(WRITE, "LIST", SegmentOptions::outputs));
        all.add(CliOption.of(IDS, "train|label", OptionValues.oneOf(MaskIds.class)));
        all.add(CliOption.of(FORMAT, "jsonl|csv", OptionValues.oneOf(LineFormat.class)));
        all.addAll(NetworkOptions.ALL);
        all.addAll(NewWeightsOptions.ALL);
        all.addAll(ScoringOptions.ALL);
        all.add(CliOption.of(CHECKPOINT_INTERVAL, "D", OptionValues::interval));
        all.addAll(SourceOptions.DIRECTORIES);
        all.addAll(LiveSourceOptions.ALL);
        all.addAll(SourceOptions.FRAMES);
        all.add(CliOption.of(PARALLELISM, "N", OptionValues.integer(1)));
        all.addAll(SourceOptions.DECODING);
        all.addAll(MaskedVideoOptions.ALL);
        all.addAll(KafkaOptions.ALL);
        all.add(CliOption.flag(RESUME));
        return List.copyOf(all);
    }

    private static List<Output> outputs(String text) {
        EnumSet<Output> outputs = EnumSet.noneOf(Output.class);
        if (!text.equals("none")) {
            Arrays.stream(text.split(","))
                    .map(OptionValues.oneOf(Output.class))
                    .forEach(outputs::add);
        }
        return List.copyOf(outputs);
    }
}
