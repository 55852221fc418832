// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.file.AtomicFile;
import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.job.testing.Browser;
import io.stdcseg.job.testing.Chromium;
import io.stdcseg.job.view.FolderServer;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.TestPlaylists;
import io.stdcseg.testing.TestScores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it, with playlists of FFmpeg's. */
@Timeout(180)
class LivePageITCase {

    private static final LabelSet CAMVID = LabelSet.of("camvid");
    private static final Path PICTURES = Path.of("target", "live-page");

    /** A name that may lie on a disk, and must not become a part of the page. */
    private static final String NASTY = "<img src=x onerror=alert(1)> \"a' & #1%";

    @TempDir private Path folder;

    @TempDir private Path profile;

    private final LiveStreams streams =
            new LiveStreams(
                    Map.of("gate", "rtsp://camera/1", NASTY, "rtsp://camera/2?<b>"),
                    CAMVID.names(),
                    Duration.ofSeconds(10));

    @Test
    void playsAllStreamsAndShowsWhatTheJobSays() throws Exception {
        Path chromium = Chromium.require();
        Map<Path, String> playlists = new HashMap<>();
        for (String name : streams.all().stream().map(LiveStream::name).toList()) {
            Path playlist = TestPlaylists.write(folder.resolve("hls").resolve(name), 40);
            String lines = Files.readString(playlist);
            assertThat(lines).contains("#EXT-X-MAP", "index39.m4s", "#EXT-X-ENDLIST");
            playlists.put(playlist, lines);
            // It goes on: a player begins near its end, and asks for it again.
            Files.writeString(playlist, lines.substring(0, lines.indexOf("index9.m4s") + 11));
        }
        Files.writeString(folder.resolve("live.html"), LivePage.of(CAMVID));
        tell();
        writeStatus(false);

        try (FolderServer server = FolderServer.start(folder, 0);
                Browser browser = Browser.start(chromium, profile)) {
            browser.open(server.address());
            browser.await(time(0) + " > 6 && " + time(1) + " > 6");
            for (Map.Entry<Path, String> playlist : playlists.entrySet()) {
                Files.writeString(playlist.getKey(), playlist.getValue());
            }
            writeStatus(false);
            browser.await(time(0) + " > 12 && " + time(1) + " > 12");
            writeStatus(false);
            browser.await("document.body.innerText.includes('running')");

            String text = browser.evaluate("document.body.innerText").asText();
            assertThat(text)
                    .contains(NASTY, "rtsp://camera/2?<b>", "61.5 %", "1,234", "0.8")
                    .contains("270", "rows seen")
                    .contains("the camera is gone <since> then", "pedestrian", "25.0 %");
            assertThat(browser.evaluate("document.images.length").asInt()).isZero();
            assertThat(browser.evaluate("document.querySelector('.mix i').style.width").asText())
                    .isEqualTo("75%");
            browser.screenshot(PICTURES.resolve("light.png"));
            browser.look(1280, 900, true);
            browser.screenshot(PICTURES.resolve("dark.png"));
            browser.look(360, 1400, false);
            assertThat(browser.evaluate("document.body.scrollWidth").asInt())
                    .isLessThanOrEqualTo(360);
            browser.screenshot(PICTURES.resolve("narrow.png"));

            writeStatus(true);
            browser.await("document.body.innerText.includes('the job is over')");
            Files.delete(folder.resolve("live.json"));
            String address = "http://127.0.0.1:" + server.address().getPort() + "/";
            assertThat(browser.requests())
                    .allMatch(url -> url.startsWith(address) || url.matches("(blob|data):.*"))
                    .anyMatch(url -> url.endsWith(".m4s"));
            assertThat(browser.errors()).isEmpty();
        }
    }

    private static String time(int video) {
        return "document.querySelectorAll('video')[" + video + "]?.currentTime";
    }

    private void tell() {
        int[] pixels = new int[CAMVID.size()];
        pixels[3] = 75;
        pixels[8] = 25;
        long now = System.currentTimeMillis();
        streams.add(LiveEvent.of(new ClassPixels("gate", 0, pixels, 0)), now);
        streams.add(LiveEvent.of(new ClassPixels(NASTY, 0, pixels, 270)), now);
        double[] iou = new double[CAMVID.size()];
        Arrays.fill(iou, 0.5);
        iou[10] = Double.NaN;
        iou[9] = 0.25;
        streams.add(
                LiveEvent.of(
                        new ScoreWindow(
                                "gate",
                                3,
                                13,
                                20,
                                TestScores.of(0.615, 0.9, iou),
                                CAMVID.names(),
                                0)),
                0);
        streams.add(
                LiveEvent.of(
                        new StreamStatus(
                                NASTY, 0.84, 5000, 1234, 3, 2, "the camera is gone <since> then")),
                0);
    }

    private void writeStatus(boolean ended) throws IOException {
        Map<String, Object> status = streams.toMap(System.currentTimeMillis(), ended);
        byte[] json = new ObjectMapper().writeValueAsBytes(status);
        AtomicFile.write(folder.resolve("live.json"), out -> out.write(json));
    }
}
