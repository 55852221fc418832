// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.job.cli.Stdc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code stdc sample}, as users call it. */
class SampleCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Stdc stdc =
            new Stdc(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8));

    @TempDir private Path folder;

    @Test
    void isFoundAndExplainsItsOptions() {
        assertThat(stdc.run("--help")).isZero();
        assertThat(out()).contains("  sample ");

        assertThat(stdc.run("sample", "--help")).isZero();
        assertThat(out()).contains("Usage: stdc sample");
        assertThat(err.size()).isZero();
    }

    /** Here alone all commands are on the class path. */
    @Test
    void theReferenceOfOptionsHasAllCommands() throws IOException {
        assertThat(stdc.run("help", "all")).isZero();

        assertThat(Path.of("../../docs/options.md"))
                .as("scripts/stdc help all > docs/options.md")
                .hasContent(out());
    }

    @Test
    void rendersAClipWithLabels() {
        assertThat(
                        stdc.run(
                                "sample",
                                "--output",
                                folder.toString(),
                                "--width",
                                "96",
                                "--height",
                                "64",
                                "--seconds",
                                "0.2",
                                "--seed",
                                "3"))
                .isZero();

        assertThat(folder.resolve("street.mp4")).isNotEmptyFile();
        assertThat(folder.resolve("labels/000002.png")).isNotEmptyFile();
        assertThat(Files.exists(folder.resolve("labels/000003.png"))).isFalse();
    }

    @Test
    void rendersADataSet() {
        String set = "sample --output " + folder + " --width 60 --height 40 --pictures 2";
        assertThat(stdc.run(set.split(" "))).isZero();

        assertThat(out()).startsWith("2 pictures in " + folder.resolve("images"));
        assertThat(folder.resolve("images/000001.png")).isNotEmptyFile();
        assertThat(folder.resolve("labels/000001.png")).isNotEmptyFile();
        assertThat(folder.resolve("street.mp4")).doesNotExist();
    }

    @Test
    void rendersADataSetOfWideVariety() {
        String set = "sample --output " + folder + " --width 60 --height 40 --pictures 1";
        assertThat(stdc.run((set + " --variety wide").split(" "))).isZero();
        assertThat(folder.resolve("set.txt")).hasContent("seed 10, 60x40, wide");
        assertThat(folder.resolve("images/000000.png")).isNotEmptyFile();

        assertThat(stdc.run(set.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("holds the set of seed 10, 60x40, wide; that of seed 10, 60x40 needs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample|stdc: --output is missing",
                "sample --output o --width 3|stdc: size 3x360 of a scene",
                "sample --output o --pictures 2 --rate 5|stdc: --rate is of a clip",
                "sample --output o --variety wide|stdc: --variety is of pictures; it needs"
                        + " --pictures",
                "sample --output o --pictures 2 --variety full|stdc: variety full of pictures",
                "sample --output o --pictures 0|stdc: 0 pictures; 1 to 1000000 are allowed"
            })
    void wrongUsageIsOneLineAndExitCode2(String command, String message) {
        assertThat(stdc.run(command.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(message).hasLineCount(1);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }
}
