// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.video.decode.HardwareDecoding;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@code segment} that say what is read, and how. */
public final class SourceOptions {

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

    public static final ConfigOption<HardwareDecoding> HWACCEL =
            key("hwaccel")
                    .enumType(HardwareDecoding.class)
                    .noDefaultValue()
                    .withDescription(
                            "Where video files are decoded: none, in software; cuda, by NVIDIA's"
                                    + " card, or not at all; auto, by the card where it has the"
                                    + " codec. Frames from a card tell no motion, which scores"
                                    + " between frames use. Default: none.");

    /** What is read. */
    static final List<CliOption<?>> SOURCES =
            List.of(
                    new CliOption<>(SOURCE, "URI", true, Function.identity()),
                    CliOption.text(LABELS, "DIR"));

    /** What directories are. */
    static final List<CliOption<?>> DIRECTORIES =
            List.of(
                    CliOption.of(FPS, "F", text -> FrameRates.parse(text).toString()),
                    CliOption.flag(WATCH));

    /** Which frames are read. */
    static final List<CliOption<?>> FRAMES =
            List.of(
                    CliOption.of(FROM, "T", OptionValues::duration),
                    CliOption.of(TO, "T", OptionValues::positiveDuration),
                    CliOption.of(EVERY, "N", OptionValues.integer(1)),
                    CliOption.of(MAX_FRAMES, "N", OptionValues.integer(1)));

    /** How they are read. */
    static final List<CliOption<?>> DECODING =
            List.of(
                    CliOption.of(RANGE, "D", OptionValues::positiveDuration),
                    CliOption.of(ON_ERROR, "damaged|fail|skip", OptionValues.oneOf(OnError.class)),
                    CliOption.of(
                            HWACCEL, "auto|none|cuda", OptionValues.oneOf(HardwareDecoding.class)));

    private SourceOptions() {}
}
