// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.job.run.RunOutcome;
import io.stdcseg.job.testing.Browser;
import io.stdcseg.job.testing.Chromium;
import io.stdcseg.job.view.FolderServer;
import io.stdcseg.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job as it is watched: a browser plays what it writes while it writes. */
@Timeout(300)
class LiveViewITCase {

    private static final Path SAMPLES = SharedData.projectRoot().resolve("samples");

    @TempDir private Path folder;

    @TempDir private Path profile;

    @Test
    void aPageShowsAJobFromItsFirstFrameToItsEnd() throws Exception {
        Path chromium = Chromium.require();
        Path output = Files.createDirectory(folder.resolve("out"));
        Path other = folder.resolve("it's <b> 100% other.mp4");
        Files.copy(SAMPLES.resolve("street.mp4"), other);
        // One of the two has labels.
        Path labels = Files.createDirectory(folder.resolve("labels"));
        Files.createSymbolicLink(labels.resolve("street"), SAMPLES.resolve("labels"));
        CompletableFuture<String> job =
                CompletableFuture.supplyAsync(() -> segment(output, other, labels));
        try (FolderServer server = FolderServer.start(output, 0);
                Browser browser = Browser.start(chromium, profile)) {
            // The page is there before the first frame.
            while (!Files.exists(output.resolve("live.html")) && !job.isDone()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            browser.open(server.address());
            browser.await(time(0) + " > 0 || " + time(1) + " > 0");
            assertThat(job.get()).isEqualTo("0");
            browser.await("document.body.innerText.includes('the job is over')");
            browser.await(time(0) + " > 1 && " + time(1) + " > 1");
            JsonNode summary = RunOutcome.read(output).summary();
            String text = browser.evaluate("document.body.innerText").asText();
            assertThat(text)
                    .contains(
                            summary.get("frames").asText() + "\nframes", "IoU from", "mIoU", "road")
                    .contains("Share of the picture", "it's <b> 100% other", other.toString());
            // The whole of it is there to be played now.
            String whole = "[...document.querySelectorAll('video')].every(v => v.duration > 3.9)";
            browser.await(whole);
            browser.screenshot(Path.of("target", "live-page", "job.png"));
            // Playlists are asked for until they are there.
            assertThat(browser.errors()).allMatch(error -> error.contains("404 (Not Found)"));
        }
    }

    private static String time(int video) {
        return "document.querySelectorAll('video')[" + video + "]?.currentTime";
    }

    /** The exit code, and what went wrong. */
    private static String segment(Path output, Path other, Path labels) {
        CommandLineRunner stdc = new CommandLineRunner();
        int code =
                stdc.run(
                        "segment",
                        "--source",
                        SAMPLES.resolve("street.mp4").toString(),
                        "--source",
                        other.toString(),
                        "--labels",
                        labels.toString(),
                        "--output",
                        output.toString(),
                        "--write",
                        "hls,scores",
                        "--window",
                        "2",
                        "--height",
                        "96",
                        "--max-frames",
                        "60",
                        "--checkpoint-interval",
                        "1s");
        return code + stdc.err();
    }
}
