// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.flink.configuration.ConfigOptions.key;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.error.InputException;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.report.ComparePage;
import io.stdcseg.job.report.RunResult;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code compare}: two runs, or two evaluations, on one page. */
final class CompareCommand implements Command {

    private static final ConfigOption<String> A =
            key("A").stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Output folder of segment, or a file that evaluate --json wrote.");

    private static final ConfigOption<String> B =
            key("B").stringType()
                    .noDefaultValue()
                    .withDescription("Another one; differences are B less A.");

    private static final ConfigOption<String> OUTPUT =
            key("output").stringType().noDefaultValue().withDescription("Page to write, HTML.");

    @Override
    public String name() {
        return "compare";
    }

    @Override
    public String description() {
        return "Shows two runs or evaluations side by side, and what differs.";
    }

    @Override
    public List<CliOption<?>> options() {
        return List.of(
                CliOption.positional(A), CliOption.positional(B), CliOption.text(OUTPUT, "FILE"));
    }

    @Override
    public void run(Configuration options, PrintStream out) {
        String output = CliOption.required(options, OUTPUT);
        RunResult a = read(options, A);
        RunResult b = read(options, B);
        String page = ComparePage.of(a, b);
        try {
            AtomicFile.write(Path.of(output), file -> file.write(page.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new InputException("--output " + e.getMessage(), e);
        }
        print(out, "mIoU", "%", 100, a.scores(), b.scores(), "miou");
        print(out, "speed", "frames/s", 1, a.summary(), b.summary(), "framesPerSecond");
        out.println("wrote " + output);
    }

    private static RunResult read(Configuration options, ConfigOption<String> which) {
        String text = CliOption.required(options, which);
        return RunResult.read(text, StorePaths.path(text));
    }

    /** A line of what both have. */
    private static void print(
            PrintStream out,
            String name,
            String unit,
            double factor,
            JsonNode a,
            JsonNode b,
            String key) {
        if (a != null && b != null && a.path(key).isNumber() && b.path(key).isNumber()) {
            double before = factor * a.get(key).asDouble();
            double after = factor * b.get(key).asDouble();
            out.println(
                    String.format(
                            Locale.ROOT,
                            "%s: A %.2f %s, B %.2f %s (%+.2f)",
                            name,
                            before,
                            unit,
                            after,
                            unit,
                            after - before));
        }
    }
}
