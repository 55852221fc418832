// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.mask.MaskWriter.MaskIds;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.video.live.LiveAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Options of {@code segment}: what is read, what is written, how the job runs. {@link
 * SegmentSettings} holds what they say.
 */
public final class SegmentOptions {

    public static final ConfigOption<List<String>> SOURCE =
            key("source")
                    .stringType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Video file, glob, directory of pictures or picture, on a disk or in a"
                                    + " store, as s3://bucket/*.mp4; or live: rtsp://, rtmp://,"
                                    + " http(s)://, srt://, udp://, tcp:// or /dev/videoN; may be"
                                    + " given more than once.");

    public static final ConfigOption<String> LABELS =
            key("labels")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Directory of label pictures, found by file name or frame index, for"
                                    + " several sources in a folder with the name of each; frames"
                                    + " that have one are scored.");

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

    public static final ConfigOption<Duration> WINDOW =
            key("window")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Length of the rolling scores in stream time, and of throughput in"
                                    + " wall-clock time. Default: 10s.");

    public static final ConfigOption<Duration> SLIDE =
            key("slide")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "Time from one window to the next; divides the window. Default: 1s.");

    public static final ConfigOption<Double> BOUNDARY =
            key("boundary")
                    .doubleType()
                    .defaultValue(PixelCounter.BOUNDARY)
                    .withDescription(
                            "How far boundaries reach that boundary IoU is of, as a share of the"
                                    + " picture's diagonal. Default: 0.02.");

    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            key("checkpoint-interval")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Time between checkpoints, and length of a video segment. Default: what"
                                    + " the cluster sets, else 10s, with live sources 2s.");

    public static final ConfigOption<String> FPS =
            key("fps")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Pictures per second of directories of pictures, such as 25, 29.97 or"
                                    + " 30000/1001. Default: that of a data set's recordings where"
                                    + " the directory is known as such, else 15.");

    public static final ConfigOption<Boolean> WATCH =
            key("watch")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Go on with what is added to directories and globs, until the job is"
                                    + " stopped. A directory is watched for files and folders of"
                                    + " pictures in it; each is taken when it has not changed for"
                                    + " 5 s and opens.");

    public static final ConfigOption<Duration> FROM =
            key("from")
                    .durationType()
                    .noDefaultValue()
                    .withDescription("Stream time of the first frame to segment.");

    public static final ConfigOption<Duration> TO =
            key("to")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Stream time at which to stop; frames before it are segmented.");

    public static final ConfigOption<Integer> EVERY =
            key("every")
                    .intType()
                    .defaultValue(1)
                    .withDescription("Segment one frame of every N. Default: 1.");

    public static final ConfigOption<Integer> MAX_FRAMES =
            key("max-frames")
                    .intType()
                    .noDefaultValue()
                    .withDescription("Most frames to segment of a stream. Default: all.");

    public static final ConfigOption<Integer> PARALLELISM =
            key("parallelism")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Slots that decode, segment and write side by side. Default: what the"
                                    + " cluster sets; 1 in this JVM.");

    public static final ConfigOption<Duration> RANGE =
            key("range")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Shortest range of one file that a slot decodes: a file is cut at key"
                                    + " frames where that is safe, and its ranges are decoded by"
                                    + " all slots at once. Default: 10s.");

    public static final ConfigOption<OnError> ON_ERROR =
            key("on-error")
                    .enumType(OnError.class)
                    .defaultValue(OnError.DAMAGED)
                    .withDescription(
                            "What cannot be read. damaged: damaged pictures and torn ends are left"
                                    + " out, counted and reported; a source of which nothing can"
                                    + " be read ends the job. fail: the first of either ends it."
                                    + " skip: such sources are left out, too. Default: damaged.");

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

    /** Options that say how and where, and not what comes out. */
    private static final Set<ConfigOption<?>> FREE =
            Set.of(
                    OUTPUT,
                    CHECKPOINT_INTERVAL,
                    PARALLELISM,
                    RANGE,
                    RESUME,
                    LiveSourceOptions.SOURCE_OPTION,
                    LiveSourceOptions.LIVE_LAG,
                    LiveSourceOptions.ADAPT,
                    NetworkOptions.BATCH_SIZE,
                    NetworkOptions.BATCH_TIMEOUT);

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

    /**
     * The options that decide what comes out, by name, as text; those that are not set and have no
     * default are left out.
     */
    public static Map<String, String> deciding(Configuration options) {
        Map<String, String> deciding = new TreeMap<>();
        for (CliOption<?> cli : ALL) {
            Object value = options.get(cli.option());
            if (value != null && !FREE.contains(cli.option())) {
                deciding.put(cli.option().key(), OptionValues.text(value));
            }
        }
        // They are written down, and addresses may hold credentials.
        options.getOptional(SOURCE)
                .ifPresent(sources -> deciding.put(SOURCE.key(), withoutSecrets(sources)));
        return deciding;
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

    private static List<CliOption<?>> all() {
        List<CliOption<?>> all = new ArrayList<>();
        all.add(new CliOption<>(SOURCE, "URI", true, Function.identity()));
        all.add(CliOption.text(LABELS, "DIR"));
        all.add(CliOption.text(OUTPUT, "DIR"));
        all.add(CliOption.of(WRITE, "LIST", SegmentOptions::outputs));
        all.add(CliOption.of(IDS, "train|label", OptionValues.oneOf(MaskIds.class)));
        all.add(CliOption.of(FORMAT, "jsonl|csv", OptionValues.oneOf(LineFormat.class)));
        all.addAll(NetworkOptions.ALL);
        all.add(CliOption.of(WINDOW, "D", OptionValues::positiveDuration));
        all.add(CliOption.of(SLIDE, "D", OptionValues::slide));
        all.add(
                CliOption.of(
                        BOUNDARY,
                        "R",
                        OptionValues.number(r -> r > 0 && r <= 1, "above 0 and at most 1")));
        all.add(CliOption.of(CHECKPOINT_INTERVAL, "D", OptionValues::interval));
        all.add(CliOption.of(FPS, "F", text -> FrameRates.parse(text).toString()));
        all.add(CliOption.flag(WATCH));
        all.addAll(LiveSourceOptions.ALL);
        all.add(CliOption.of(FROM, "T", OptionValues::duration));
        all.add(CliOption.of(TO, "T", OptionValues::positiveDuration));
        all.add(CliOption.of(EVERY, "N", OptionValues.integer(1)));
        all.add(CliOption.of(MAX_FRAMES, "N", OptionValues.integer(1)));
        all.add(CliOption.of(PARALLELISM, "N", OptionValues.integer(1)));
        all.add(CliOption.of(RANGE, "D", OptionValues::positiveDuration));
        all.add(CliOption.of(ON_ERROR, "damaged|fail|skip", OptionValues.oneOf(OnError.class)));
        all.addAll(MaskedVideoOptions.ALL);
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
