// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.PictureSize;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.ExamplePicture;
import io.stdcseg.engine.timing.LatencyLoad;
import io.stdcseg.engine.timing.LatencyMeter;
import io.stdcseg.engine.timing.LatencyMeter.Latency;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.run.MemoryCheck;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code latency}: times a network, alone and from picture to mask. */
final class LatencyCommand implements Command {

    private static final ConfigOption<String> INPUT =
            key("input")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Size of the network's input, HEIGHTxWIDTH. Default: what the model's"
                                    + " scale makes of the picture.");

    private static final ConfigOption<String> PICTURE =
            key("picture")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Size of the 8-bit picture and its mask, HEIGHTxWIDTH. Default: what"
                                    + " the model's scale makes the input of, 1024x2048 without"
                                    + " --input; for models with a height, the input's size.");

    private static final ConfigOption<Integer> BATCH =
            key("batch")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Pictures in one call; --batch-size means the same. Default: 1.");

    private static final ConfigOption<Integer> CALLS =
            key("calls")
                    .intType()
                    .defaultValue(1)
                    .withDescription("Calls at a time, each in a thread of its own. Default: 1.");

    private static final ConfigOption<Integer> THREADS =
            key("threads")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Threads of one call on a CPU. Default: the cores divided by --calls.");

    private static final ConfigOption<Double> SECONDS =
            key("seconds")
                    .doubleType()
                    .defaultValue(6.0)
                    .withDescription(
                            "How long each of both is timed, after a warm-up. Default: 6.");

    private static final ConfigOption<String> JSON =
            key("json").stringType().noDefaultValue().withDescription("File for the numbers.");

    private static final double LEAST_SECONDS = 1;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String description() {
        return "Times a network, alone and from picture to mask.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.add(InputSize.option(INPUT));
        options.add(InputSize.option(PICTURE));
        options.add(CliOption.integer(BATCH, "N", 1));
        options.add(CliOption.integer(CALLS, "N", 1));
        options.add(CliOption.integer(THREADS, "N", 1));
        options.add(CliOption.number(SECONDS, "S", LEAST_SECONDS));
        options.add(CliOption.text(JSON, "FILE"));
        options.addAll(NetworkOptions.ALL);
        options.add(InitialOption.cli());
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) {
        int calls = options.get(CALLS);
        int cores = Runtime.getRuntime().availableProcessors();
        int threads = options.getOptional(THREADS).orElse(Math.max(1, cores / calls));
        int batch = batch(options);
        SegmenterOptions network =
                NetworkOptions.segmenter(options).withThreads(threads).withBatches(batch, null);
        LatencySubject subject =
                LatencySubject.of(
                        network,
                        InitialOption.isIn(options),
                        size(options, INPUT),
                        size(options, PICTURE));
        InputSize picture = subject.sizes().picture();
        MemoryCheck.require(
                network.withScale(subject.sizes().scale()),
                new PictureSize(picture.height(), picture.width()),
                batch);
        LatencyLoad load =
                new LatencyLoad(
                        picture.width(),
                        picture.height(),
                        ExamplePicture.rgb(picture.width(), picture.height()),
                        batch,
                        calls,
                        Duration.ofMillis(Math.round(1000 * options.get(SECONDS))));
        LatencyReport report;
        try (Segmenter segmenter = subject.open()) {
            Latency latency = LatencyMeter.measure(segmenter, load);
            report = new LatencyReport(subject, segmenter.info(), batch, calls, cores, latency);
        }
        out.print(report.text());
        options.getOptional(JSON).ifPresent(file -> JsonFile.write(file, report.json()));
    }

    private static InputSize size(Configuration options, ConfigOption<String> option) {
        return options.getOptional(option).map(InputSize::parse).orElse(null);
    }

    private static int batch(Configuration options) {
        Integer batch = options.get(BATCH);
        Integer other = options.get(NetworkOptions.BATCH_SIZE);
        if (batch != null && other != null) {
            throw new InputException(
                    "--batch " + batch + " and --batch-size " + other + " mean the same; give one");
        }
        return batch != null ? batch : other != null ? other : 1;
    }
}
