// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierResultsTest {

    @TempDir private Path output;

    @Test
    void removesWhatWouldMixAndNothingElse() throws Exception {
        for (String file :
                List.of(
                        "summary.json",
                        "report.html",
                        "scores/scores-000000-0000000a.jsonl",
                        "throughput/t-1.jsonl",
                        "throughput/.t-2.jsonl.inprogress.7f",
                        "throughput/notes.txt",
                        "a.masked.mp4",
                        "hls/a/index.m3u8",
                        "hls/other/index.m3u8",
                        "frames/images/a_000000.jpg",
                        "frames/images/mine.jpg",
                        "frames/labels/a_000000.png",
                        "masks/a/000000.png")) {
            Path path = output.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x");
        }
        OutputFolder folder = OutputFolder.of(output);
        Files.writeString(
                folder.keptFrames(),
                "{\"image\":\"images/a_000000.jpg\",\"label\":\"labels/a_000000.png\"}\n"
                        + "{\"image\":\"images/../../notes.txt\",\"label\":\"\"}\n");
        Files.writeString(output.resolve("notes.txt"), "x");

        new EarlierResults(folder, List.of(folder.throughput()), Set.of("a", "b"), false, true)
                .remove();
        assertThat(output.resolve("frames/images/a_000000.jpg")).exists();
        new EarlierResults(folder, List.of(folder.throughput()), Set.of("a", "b"), false, false)
                .remove();
        assertThat(output.resolve("frames/images/a_000000.jpg")).doesNotExist();
        assertThat(output.resolve("frames/labels")).doesNotExist();
        assertThat(folder.keptFrames()).doesNotExist();
        assertThat(output.resolve("frames/images/mine.jpg")).exists();
        assertThat(output.resolve("notes.txt")).exists();

        assertThat(output.resolve("summary.json")).doesNotExist();
        assertThat(output.resolve("report.html")).doesNotExist();
        assertThat(output.resolve("throughput/t-1.jsonl")).doesNotExist();
        assertThat(output.resolve("throughput/.t-2.jsonl.inprogress.7f")).doesNotExist();
        assertThat(output.resolve("throughput/notes.txt")).exists();
        assertThat(output.resolve("scores/scores-000000-0000000a.jsonl")).exists();
        assertThat(output.resolve("a.masked.mp4")).exists();
        assertThat(output.resolve("hls/a")).doesNotExist();
        assertThat(output.resolve("hls/other/index.m3u8")).exists();
        assertThat(output.resolve("masks/a/000000.png")).exists();
    }

    @Test
    void removesTheStagingFoldersOfJobsThatWereKilled() throws Exception {
        OutputFolder folder = OutputFolder.of(output);
        for (String name : List.of(".staging-0a1b2c3d", ".staging-0a1b2c3d.removed")) {
            Files.createDirectories(output.resolve(name).resolve("masks-1"));
            Files.writeString(output.resolve(name).resolve("masks-1/0.png"), "x");
        }
        Path own = Files.createDirectories(output.resolve(folder.staging()));
        Path hidden = Files.writeString(output.resolve(".notes"), "x");

        new EarlierResults(folder).remove();

        try (Stream<Path> left = Files.list(output)) {
            assertThat(left).containsExactlyInAnyOrder(own, hidden);
        }
    }

    @Test
    void anOutputThatIsAFileIsNamed() throws IOException {
        Path file = Files.writeString(output.resolve("file"), "x");

        assertThatThrownBy(() -> new EarlierResults(OutputFolder.of(file)).remove())
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("--output " + file + " cannot be written to");
    }
}
