// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.job.testing.Browser;
import io.stdcseg.job.view.FolderServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Plays the only stream of an output folder from start to end in a headless Chromium, sixteen times
 * as fast: {@code OUTPUT PROFILE}. Exit code 1 unless every segment was asked for and every frame
 * decoded.
 */
final class LivePlay {

    private static final int RATE = 16;
    private static final Duration STANDS_STILL = Duration.ofSeconds(60);
    private static final String VIDEO = "document.querySelector('video')";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LivePlay() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path output = Path.of(args[0]);
        JsonNode stream =
                JSON.readTree(output.resolve("summary.json").toFile()).get("streams").get(0);
        Path index =
                output.resolve("hls").resolve(stream.get("name").asText()).resolve("index.m3u8");
        Path chromium = Browser.find().orElseThrow(() -> new IOException("there is no Chromium"));
        Path profile = Files.createDirectories(Path.of(args[1]));
        boolean whole;
        try (FolderServer server = FolderServer.start(output, 0);
                Browser browser = Browser.start(chromium, profile)) {
            browser.open(server.address());
            browser.await(VIDEO + "?.readyState >= 2");
            String broken = play(browser);
            Set<String> missing = new HashSet<>();
            Playlist.read(index)
                    .entries()
                    .forEach(e -> missing.add(e.file().getFileName().toString()));
            int segments = missing.size();
            browser.requests()
                    .forEach(url -> missing.remove(url.substring(url.lastIndexOf('/') + 1)));
            long frames = stream.get("frames").asLong();
            long decoded =
                    browser.evaluate(VIDEO + ".getVideoPlaybackQuality().totalVideoFrames")
                            .asLong();
            List<String> errors =
                    browser.errors().stream()
                            .filter(error -> !error.contains("404 (Not Found)"))
                            .toList();
            whole = broken == null && missing.isEmpty() && decoded == frames && errors.isEmpty();
            System.out.printf(
                    Locale.ROOT,
                    "%s: Chromium decoded %d of %d frames, asked for %d of %d segments%s%s%n",
                    whole ? "played" : "FAILED",
                    decoded,
                    frames,
                    segments - missing.size(),
                    segments,
                    broken == null ? "" : ", " + broken,
                    errors.isEmpty() ? "" : "; console: " + errors);
            browser.screenshot(profile.resolveSibling("played.png"));
        }
        // Not before the browser has ended: it would live on.
        System.exit(whole ? 0 : 1);
    }

    /** Until the video says that it is over; what went wrong, or null. */
    private static String play(Browser browser) throws InterruptedException {
        double time = -1;
        long moved = System.nanoTime();
        while (!browser.evaluate(VIDEO + ".ended").asBoolean()) {
            // The page may begin anew where it repairs something.
            browser.evaluate(VIDEO + ".playbackRate = " + RATE);
            double now = browser.evaluate(VIDEO + ".currentTime").asDouble();
            if (now != time) {
                time = now;
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STANDS_STILL.toNanos()) {
                return "stands still at "
                        + now
                        + " s: "
                        + browser.evaluate("document.body.innerText");
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return null;
    }
}
