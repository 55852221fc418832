// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.stdcseg.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample project, built by a Maven of its own against this project's artefacts, and run. */
@Timeout(600)
class OwnJobITCase {

    private static final int CANNOT_BE_TRIED = 3;
    private static final int FRAMES = 150;

    @TempDir private Path folder;

    @Test
    void aProjectThatKnowsOnlyTheArtefactsSegmentsTheSampleClip() throws Exception {
        Path output = folder.resolve("out");
        Path errors = folder.resolve("err");
        Process process =
                new ProcessBuilder(
                                SharedData.projectRoot().resolve("scripts/own-job").toString(),
                                "--check")
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        int status = process.waitFor();
        String reason = Files.readString(errors);
        if (status == CANNOT_BE_TRIED) {
            System.err.print(reason);
        }
        assumeThat(status).as(reason).isNotEqualTo(CANNOT_BE_TRIED);

        assertThat(status).as(reason).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines)
                .hasSize(FRAMES)
                .allSatisfy(line -> assertThat(line).matches("\\d+> street \\d+ 0\\.\\d+"));
    }
}
