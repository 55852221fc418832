// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.ScoringOptions;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.options.SourceOptions;
import io.stdcseg.job.process.TemporaryFolder;
import io.stdcseg.job.process.Termination;
import io.stdcseg.job.run.RunOutcome;
import io.stdcseg.job.run.SegmentRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * {@code evaluate}: the published evaluation, as the streaming job itself: pictures in, scores out.
 * One scale without mirroring is the published {@code MscEvalV0}, several are its {@code MscEval}.
 */
final class EvaluateCommand implements Command {

    private static final ConfigOption<String> IMAGES =
            key("images").stringType().noDefaultValue().withDescription("Directory of pictures.");

    private static final ConfigOption<String> LABELS =
            key("labels")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Directory of their labels, found by file name.");

    private static final ConfigOption<List<Double>> SCALES =
            key("scales")
                    .doubleType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Factors at which each picture is looked at, separated by commas; their"
                                    + " scores are added. Default: what the weights say.");

    private static final ConfigOption<Boolean> FLIP =
            key("flip")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Look at each picture's mirror image, too.");

    private static final ConfigOption<String> JSON =
            key("json").stringType().noDefaultValue().withDescription("File for the scores.");

    private static final ConfigOption<String> REPORT =
            key("report")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("Page to write, HTML: scores, settings and speed.");

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "evaluate";
    }

    @Override
    public String description() {
        return "Scores a network on labelled pictures, as published.";
    }

    @Override
    public List<CliOption<?>> options() {
        List<CliOption<?>> options = new ArrayList<>();
        options.add(CliOption.text(IMAGES, "DIR"));
        options.add(CliOption.text(LABELS, "DIR"));
        options.add(CliOption.of(SCALES, "S,S", EvaluateCommand::scales));
        options.add(CliOption.flag(FLIP));
        options.add(CliOption.text(JSON, "FILE"));
        options.add(CliOption.text(REPORT, "FILE"));
        options.addAll(NetworkOptions.ALL);
        options.add(SegmentOptions.cli(ScoringOptions.BOUNDARY));
        options.add(SegmentOptions.cli(SegmentOptions.PARALLELISM));
        return options;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        Configuration job = new Configuration(options);
        job.set(SourceOptions.SOURCE, List.of(CliOption.required(options, IMAGES)));
        job.set(SourceOptions.LABELS, CliOption.required(options, LABELS));
        boolean page = options.getOptional(REPORT).isPresent();
        job.set(SegmentOptions.WRITE, page ? List.of(Output.REPORT) : List.of());
        SegmenterOptions network = network(options);
        job.set(ScoringOptions.CALIBRATION, isOneView(network));
        // Who ends the process asks the job by itself, and waits until the folder is gone, too.
        try (Termination termination = Termination.asking(() -> {}, PATIENCE);
                TemporaryFolder folder = TemporaryFolder.create("stdc-evaluate")) {
            job.set(SegmentOptions.OUTPUT, folder.path().toString());
            SegmentRun.runWhole(SegmentSettings.of(job, network));
            report(RunOutcome.read(folder.path()).summary(), options, out);
            if (page) {
                keepPage(folder.path(), options.get(REPORT));
            }
        }
    }

    /** Whether the scores of a pixel are those of one view, which tell how sure the network is. */
    private static boolean isOneView(SegmenterOptions network) {
        return network.scales().size() < 2
                && !network.flip()
                && SegmenterWeights.torchScript(network).isEmpty();
    }

    private static SegmenterOptions network(Configuration options) {
        SegmenterOptions network = NetworkOptions.segmenter(options);
        List<Double> scales = options.getOptional(SCALES).orElse(List.of());
        if (!scales.isEmpty() && network.scale() != null) {
            throw new InputException(
                    "--scales "
                            + scales
                            + " and scale "
                            + network.scale()
                            + " exclude each other; give one");
        }
        boolean asUsual = scales.isEmpty() && !options.get(FLIP);
        return asUsual ? network : network.withScales(scales, options.get(FLIP));
    }

    private static void report(JsonNode summary, Configuration options, PrintStream out) {
        JsonNode scores = summary.get("scores");
        if (scores.isNull()) {
            throw new InputException(
                    "--labels "
                            + options.get(LABELS)
                            + " holds no label for any picture of "
                            + options.get(IMAGES)
                            + "; a label has its picture's file name");
        }
        out.println(text(scores));
        options.getOptional(JSON).ifPresent(file -> JsonFile.write(file, scores));
    }

    private static void keepPage(Path folder, String file) {
        try {
            byte[] page = Files.readAllBytes(folder.resolve("report.html"));
            AtomicFile.write(Path.of(file), out -> out.write(page));
        } catch (IOException e) {
            throw new InputException("--report " + e.getMessage(), e);
        }
    }

    private static String text(JsonNode scores) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, JsonNode> entry : scores.get("iou").properties()) {
            text.append(
                    String.format(
                            Locale.ROOT, "%-16s %s%n", entry.getKey(), percent(entry.getValue())));
        }
        JsonNode calibration = scores.path("expectedCalibrationError");
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%d frames, %d classes: mIoU %s, frequency-weighted %s, pixel"
                                        + " accuracy %s%s",
                                scores.get("frames").asLong(),
                                scores.get("classesPresent").asInt(),
                                percent(scores.get("miou")),
                                percent(scores.get("fwiou")),
                                percent(scores.get("pixelAccuracy")),
                                calibration.isMissingNode()
                                        ? ""
                                        : ", calibration error " + percent(calibration)))
                .toString();
    }

    private static String percent(JsonNode value) {
        return value.isNull() ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * value.asDouble());
    }

    private static List<Double> scales(String text) {
        List<Double> scales = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            scales.add(NetworkOptions.scaleFactor(part));
        }
        return scales;
    }
}
