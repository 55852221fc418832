// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.metric.PixelCounter;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@code segment} that say how frames are scored, and how many are kept for it. */
public final class ScoringOptions {

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

    /** Whether scores tell how sure the network is though no pictures do; of no command line. */
    public static final ConfigOption<Boolean> CALIBRATION =
            key("calibration").booleanType().defaultValue(false);

    public static final ConfigOption<Integer> KEEP_FRAMES =
            key("keep-frames")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "How many frames that are worth a look to keep as OUT/frames, spread"
                                    + " over time: of frames with labels those of the lowest mIoU,"
                                    + " of others the least stable, or the least certain where"
                                    + " --write has confidence. Up to 1000. Default: 0.");

    /** Frames that are kept; twice as many wait while a run goes on. */
    private static final int MOST_FRAMES = 1000;

    /** Those of the command line, in the order of the help. */
    static final List<CliOption<?>> ALL =
            List.of(
                    CliOption.of(WINDOW, "D", OptionValues::positiveDuration),
                    CliOption.of(SLIDE, "D", OptionValues::slide),
                    CliOption.of(
                            BOUNDARY,
                            "R",
                            OptionValues.number(r -> r > 0 && r <= 1, "above 0 and at most 1")),
                    CliOption.of(KEEP_FRAMES, "N", OptionValues.integer(0, MOST_FRAMES)));

    private ScoringOptions() {}
}
