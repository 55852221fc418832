// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.run.ClassArchive;
import io.stdcseg.job.run.EmbeddedCluster;
import io.stdcseg.job.run.SegmentJob;
import io.stdcseg.job.run.SummaryFile;
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
        EmbeddedCluster.run(settings);
        out.println(SummaryFile.read(Path.of(settings.output())).text());
        ClassArchive.writeIfDue();
    }
}
