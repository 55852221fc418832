// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.FolderStore;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job on sources in a store that fails for a while. */
class StoredSourcesITCase {

    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");
    private static final int FAILURES = 2;

    @TempDir private Path output;

    /** What FFmpeg cannot read it takes for the end of the file: frames would be missing. */
    @Test
    void jobGoesOnWhereAStoreFailedAndNothingIsDamaged() throws Exception {
        Path clip = SAMPLES.resolve("street.mp4");
        CommandLineRunner stdc = new CommandLineRunner();
        try (AutoCloseable failing = FolderStore.failingBehind(200_000, FAILURES)) {
            int code =
                    stdc.run(
                            "segment",
                            "--source",
                            FolderStore.text(clip),
                            "--labels",
                            FolderStore.text(SAMPLES.resolve("labels")),
                            "--checkpoint-interval",
                            "200ms",
                            "--output",
                            output.toString());
            assertThat(code).as(stdc.err()).isZero();
            assertThat(FolderStore.failuresLeft()).isZero();
        }

        JsonNode summary = new ObjectMapper().readTree(output.resolve("summary.json").toFile());
        List<Long> times = times(clip);
        assertThat(summary.get("frames").asInt()).isEqualTo(times.size());
        assertThat(summary.get("streams").get(0).get("skippedFrames")).isEmpty();
        assertThat(times(output.resolve("street.masked.mp4"))).isEqualTo(times);
    }

    private static List<Long> times(Path file) throws IOException {
        List<Long> times = new ArrayList<>();
        try (VideoDecoder video = VideoDecoder.open("v", file)) {
            while (video.advance()) {
                times.add(video.pts());
            }
        }
        return times;
    }
}
