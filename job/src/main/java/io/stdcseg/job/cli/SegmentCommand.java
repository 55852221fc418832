// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.process.ClassArchive;
import io.stdcseg.job.run.RunEnd;
import io.stdcseg.job.run.RunOutcome;
import io.stdcseg.job.run.SegmentJob;
import io.stdcseg.job.run.SegmentRun;
import io.stdcseg.store.StorePaths;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** {@code segment}: the main job, on a Flink cluster inside this JVM. */
final class SegmentCommand implements Command {

    @Override
    public String name() {
        return "segment";
    }

    @Override
    public String description() {
        return SegmentJob.DESCRIPTION;
    }

    @Override
    public List<CliOption<?>> options() {
        return SegmentOptions.ALL;
    }

    @Override
    public void run(Configuration options, PrintStream out) throws Exception {
        SegmentSettings settings = SegmentSettings.of(options);
        RunEnd end = SegmentRun.run(settings);
        out.println(text(end.kind(), StorePaths.path(settings.output())));
        if (end.exitCode() != 0) {
            throw new Interruption(end.exitCode());
        }
        ClassArchive.writeIfDue();
    }

    private static String text(RunEnd.Kind end, Path output) throws IOException {
        return switch (end) {
            case COMPLETE -> RunOutcome.read(output).text();
            case NOTHING_TO_DO -> output + " is complete: " + RunOutcome.read(output).line();
            case PUBLISHED ->
                    "interrupted: "
                            + RunOutcome.read(output).line()
                            + "; "
                            + output
                            + " holds what was done, the same command with --resume goes on";
            case KEPT ->
                    "interrupted; the same command with --resume goes on from the last checkpoint"
                            + " in "
                            + output;
            case NOTHING_DONE -> "interrupted before there was anything to keep";
        };
    }
}
