// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.label.Palette;
import io.stdcseg.video.Container;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.View;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Options of the masked video: how it looks, and how it is written. */
public final class MaskedVideoOptions {

    private static final String AUTO = "auto";
    private static final int LEAST_VIDEO_HEIGHT = 16;

    public static final ConfigOption<Double> OPACITY =
            key("opacity")
                    .doubleType()
                    .defaultValue(0.5)
                    .withDescription("Opacity of the overlay, 0 to 1. Default: 0.5.");

    public static final ConfigOption<String> PALETTE =
            key("palette")
                    .stringType()
                    .defaultValue(Palette.BRIGHT)
                    .withDescription(
                            "Colours of the classes: bright, which colour-blind viewers tell apart,"
                                    + " label-set for those of the label set, or a file with lines"
                                    + " NAME, RED, GREEN, BLUE. Default: bright.");

    public static final ConfigOption<View> VIEW =
            key("view")
                    .enumType(View.class)
                    .defaultValue(View.OVERLAY)
                    .withDescription(
                            "What the masked video shows: overlay, side-by-side with the source, or"
                                    + " mask alone. Default: overlay.");

    public static final ConfigOption<Boolean> LEGEND =
            key("legend")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Write the classes and their colours into the masked video, with each"
                                    + " frame's number and time, and the frames/s of the slot that"
                                    + " writes it.");

    public static final ConfigOption<String> CODEC =
            key("codec")
                    .stringType()
                    .defaultValue(AUTO)
                    .withDescription(
                            "Codec of the masked video: auto, h264, hevc, av1, vp9, vp8 or mpeg4;"
                                    + " each by the fastest encoder at hand. Default: auto, which"
                                    + " is h264, or what the container holds and encodes fastest"
                                    + " where that cannot be.");

    public static final ConfigOption<Integer> QUALITY =
            key("quality")
                    .intType()
                    .defaultValue(VideoFormat.DEFAULT_QUALITY)
                    .withDescription(
                            "Quality of the masked video, 0 to 100, the same scale for all codecs:"
                                    + " 15 more double its bytes, about. Default: 60.");

    public static final ConfigOption<Container> CONTAINER =
            key("container")
                    .enumType(Container.class)
                    .noDefaultValue()
                    .withDescription(
                            "File of the masked video, and the ending of its name: mp4, mkv, webm,"
                                    + " mov or ts. mkv and webm round times to milliseconds, ts to"
                                    + " 90,000ths of a second. Default: mp4; webm for vp8.");

    public static final ConfigOption<Integer> VIDEO_HEIGHT =
            key("video-height")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Most rows of the masked video, as it is shown; its aspect is kept."
                                    + " Default: those of the source.");

    public static final ConfigOption<Duration> KEEP =
            key("keep")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "So much of a stream stays in its playlist, for --write hls; what is"
                                    + " older leaves it, and the disk after as long again, as"
                                    + " players may have read an older playlist. Default: all of"
                                    + " it.");

    public static final ConfigOption<Duration> CHUNK =
            key("chunk")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Masked video as files of this length, up to a segment longer:"
                                    + " NAME.masked-000000.mp4 and on, each there as soon as it is"
                                    + " complete. Default: one file, at the end of the stream.");

    /** All of them, in the order of the help. */
    static final List<CliOption<?>> ALL =
            List.of(
                    CliOption.of(
                            OPACITY, "A", OptionValues.number(a -> a >= 0 && a <= 1, "0 to 1")),
                    CliOption.text(PALETTE, "NAME|FILE"),
                    CliOption.of(VIEW, "overlay|side-by-side|mask", OptionValues.oneOf(View.class)),
                    CliOption.flag(LEGEND),
                    CliOption.of(
                            CODEC, "auto|h264|hevc|av1|vp9|vp8|mpeg4", MaskedVideoOptions::codec),
                    CliOption.of(QUALITY, "Q", OptionValues.integer(0, 100)),
                    CliOption.of(
                            CONTAINER, "mp4|mkv|webm|mov|ts", OptionValues.oneOf(Container.class)),
                    CliOption.of(VIDEO_HEIGHT, "H", OptionValues.integer(LEAST_VIDEO_HEIGHT)),
                    CliOption.of(KEEP, "D", OptionValues::positiveDuration),
                    CliOption.of(CHUNK, "D", OptionValues::positiveDuration));

    private MaskedVideoOptions() {}

    /** What the options say of the video's file. */
    static VideoFormat format(Configuration options) {
        String codec = options.get(CODEC);
        return VideoFormat.of(
                codec.equals(AUTO) ? null : VideoCodec.valueOf(codec.toUpperCase(Locale.ROOT)),
                options.get(CONTAINER),
                options.get(QUALITY),
                options.get(VIDEO_HEIGHT));
    }

    private static String codec(String text) {
        String name = text.trim().toLowerCase(Locale.ROOT);
        boolean known = Stream.of(VideoCodec.values()).anyMatch(c -> c.toString().equals(name));
        if (!known && !name.equals(AUTO)) {
            throw new InputException(
                    "'" + text + "' is not one of auto, " + OptionValues.labels(VideoCodec.class));
        }
        return name;
    }
}
