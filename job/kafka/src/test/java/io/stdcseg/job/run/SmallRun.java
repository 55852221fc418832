// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Small run of the job: how it is asked for, and the lines that its files have.
 *
 * @param output its output folder
 */
record SmallRun(Path output) {

    /** The sample clip. */
    static final Path CLIP = SharedData.projectRoot().resolve("samples/street.mp4");

    /** Options in front of {@code more}, which may not repeat one. */
    SegmentSettings settings(Path source, String checkpointInterval, String... more) {
        List<String> options = new ArrayList<>(List.of("--source", source.toString()));
        options.addAll(List.of("--output", output.toString(), "--height", "96"));
        options.addAll(List.of("--video-height", "96", "--parallelism", "1"));
        options.addAll(List.of("--window", "1", "--slide", "0.5"));
        options.addAll(List.of("--checkpoint-interval", checkpointInterval));
        options.addAll(Arrays.asList(more));
        return SegmentSettings.of(
                new OptionParser("segment", "", SegmentOptions.ALL)
                        .parse(options.toArray(String[]::new)));
    }

    /** All lines of a folder, in their order; none where there is no folder. */
    List<String> lines(String folder) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.notExists(output.resolve(folder))) {
            return lines;
        }
        try (Stream<Path> files = Files.list(output.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
