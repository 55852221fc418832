// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.error.InputException;
import io.stdcseg.job.cli.Command;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.process.ProgressLine;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code sample}: a rendered street clip with its labels, or a set of pictures to learn from. */
public final class SampleCommand implements Command {

    private static final SceneOptions DEFAULT = SceneOptions.DEFAULT;

    private static final ConfigOption<String> OUTPUT =
            key("output")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Folder for street.mp4 and labels, or images and labels.");

    private static final ConfigOption<Integer> PICTURES =
            key("pictures")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Single pictures of that many streets, instead of a clip; those that"
                                    + " are there already stay.");

    private static final ConfigOption<String> VARIETY =
            key("variety")
                    .stringType()
                    .defaultValue(Variety.USUAL.toString())
                    .withDescription(
                            "Of pictures: usual (towns by day) or wide (also dusk, night, rain,"
                                    + " fog, low sun, motorways, tunnels, other cameras). Default:"
                                    + " usual.");

    private static final ConfigOption<Integer> WIDTH =
            key("width")
                    .intType()
                    .defaultValue(DEFAULT.width())
                    .withDescription("Columns. Default: " + DEFAULT.width() + ".");

    private static final ConfigOption<Integer> HEIGHT =
            key("height")
                    .intType()
                    .defaultValue(DEFAULT.height())
                    .withDescription("Rows. Default: " + DEFAULT.height() + ".");

    private static final ConfigOption<Double> RATE =
            key("rate")
                    .doubleType()
                    .defaultValue(DEFAULT.frameRate())
                    .withDescription(
                            "Frames per second of a clip. Default: " + DEFAULT.frameRate() + ".");

    private static final ConfigOption<Double> SECONDS =
            key("seconds")
                    .doubleType()
                    .defaultValue(ClipWriter.DEFAULT_SECONDS)
                    .withDescription(
                            "Length of a clip. Default: " + ClipWriter.DEFAULT_SECONDS + ".");

    private static final ConfigOption<Long> SEED =
            key("seed")
                    .longType()
                    .defaultValue(DEFAULT.seed())
                    .withDescription(
                            "Decides everything left to chance. Default: " + DEFAULT.seed() + ".");

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public String description() {
        return "Renders a labelled street clip of any size and length, or labelled pictures.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                CliOption.text(OUTPUT, "DIR"),
                CliOption.integer(PICTURES, "N"),
                CliOption.text(VARIETY, "V"),
                CliOption.integer(WIDTH, "W"),
                CliOption.integer(HEIGHT, "H"),
                CliOption.number(RATE, "R"),
                CliOption.number(SECONDS, "S"),
                CliOption.wholeNumber(SEED, "N"));
    }

    @Override
    public void run(Configuration options, PrintStream out) {
        Path output = Path.of(CliOption.required(options, OUTPUT));
        double rate = options.get(RATE);
        SceneOptions scene =
                new SceneOptions(options.get(SEED), options.get(WIDTH), options.get(HEIGHT), rate);
        if (options.contains(PICTURES)) {
            pictures(output, scene, options, out);
        } else {
            if (options.contains(VARIETY)) {
                throw new InputException("--variety is of pictures; it needs --pictures");
            }
            clip(output, scene, options.get(SECONDS), out);
        }
    }

    private static void clip(Path output, SceneOptions scene, double seconds, PrintStream out) {
        AtomicLong done = new AtomicLong();
        long total = Math.round(seconds * scene.frameRate());
        try (ProgressLine progress =
                ProgressLine.start(() -> new ProgressLine.State(done.get(), total))) {
            ClipWriter.write(output, scene, seconds, done::set);
        }
        out.println(total + " frames in " + output.resolve("street.mp4"));
    }

    private static void pictures(
            Path output, SceneOptions scene, Configuration options, PrintStream out) {
        for (ConfigOption<?> ofClip : List.of(RATE, SECONDS)) {
            if (options.contains(ofClip)) {
                throw new InputException(
                        "--" + ofClip.key() + " is of a clip; leave it out with --pictures");
            }
        }
        Variety variety = Variety.named(options.get(VARIETY));
        AtomicLong done = new AtomicLong();
        int total = options.get(PICTURES);
        try (ProgressLine progress =
                ProgressLine.start(() -> new ProgressLine.State(done.get(), total))) {
            DatasetWriter.write(output, scene, variety, total, done::set);
        }
        out.println(total + " pictures in " + output.resolve("images"));
    }
}
