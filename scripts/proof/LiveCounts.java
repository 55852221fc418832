// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Proof that a stopped job on live streams lost count of no frame: {@code OUTPUT}, whose playlists
 * hold all of each stream, with score windows as long as their slide. A line for each stream; exit
 * code 1 if anything differs.
 */
final class LiveCounts {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path output;
    private final List<String> differences = new ArrayList<>();

    LiveCounts(Path output) {
        this.output = output;
    }

    public static void main(String[] args) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        List<String> differences = new LiveCounts(Path.of(args[0])).check();
        differences.forEach(difference -> System.out.println("FAILED: " + difference));
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    private List<String> check() throws IOException {
        JsonNode summary = json("summary.json");
        Map<String, JsonNode> live = new HashMap<>();
        json("live.json").get("streams").forEach(now -> live.put(now.get("name").asText(), now));
        Map<String, Long> scored = frames("scores", "stream");
        for (JsonNode stream : summary.get("streams")) {
            String name = stream.get("name").asText();
            check(name, stream, live.get(name), scored.getOrDefault(name, 0L));
        }
        long timed = frames("throughput", null).getOrDefault("", 0L);
        same("throughput windows hold frames", timed, summary.get("frames").asLong());
        long labelled = sum(summary.get("streams"), "labelledFrames");
        // Of a single stream they would say the same.
        if (summary.get("streams").size() > 1) {
            same("windows of all streams hold frames", scored.getOrDefault("*", 0L), labelled);
        }
        same(
                "streams have frames",
                sum(summary.get("streams"), "frames"),
                summary.get("frames").asLong());
        return differences;
    }

    private void check(String name, JsonNode stream, JsonNode live, long scored)
            throws IOException {
        long frames = stream.get("frames").asLong();
        long left = stream.get("dropped").asLong() + stream.get("skipped").asLong();
        same(name + ": decoded", stream.get("decoded").asLong(), frames + left);
        for (String key : List.of("frames", "decoded", "dropped", "skipped", "reconnects")) {
            same(name + ": in live.json " + key, live.path(key).asLong(), stream.get(key).asLong());
        }
        same(name + ": frames of score windows", scored, stream.get("labelledFrames").asLong());
        same(name + ": frames of the playlist", played(name), frames);
        List<Path> chunks = chunks(name);
        if (!chunks.isEmpty()) {
            same(name + ": frames of " + chunks.size() + " chunks", shown(chunks), frames);
        }
        System.out.printf(
                "%s: %s decoded = %d segmented + %s dropped + %s skipped; %s reconnects, %s gaps of"
                    + " %.1f s, lag %.3f s%n",
                name,
                stream.get("decoded"),
                frames,
                stream.get("dropped"),
                stream.get("skipped"),
                stream.get("reconnects"),
                stream.get("gaps"),
                stream.get("gapSeconds").asDouble(),
                stream.get("lagSeconds").asDouble());
    }

    /** Pictures that a stream's playlist shows, each later than the one before. */
    private long played(String stream) throws IOException {
        Playlist playlist =
                Playlist.read(output.resolve("hls").resolve(stream).resolve("index.m3u8"));
        if (!playlist.ended()) {
            differences.add(stream + ": its playlist has no end");
        }
        long count = 0;
        long last = Long.MIN_VALUE;
        for (Playlist.Entry entry : playlist.entries()) {
            for (long micros : entry.decode()) {
                if (micros <= last) {
                    differences.add(entry.file() + " shows a picture that is not later");
                }
                last = micros;
                count++;
            }
        }
        return count;
    }

    private List<Path> chunks(String stream) throws IOException {
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(
                            file -> file.getFileName().toString().startsWith(stream + ".masked-"))
                    .sorted()
                    .toList();
        }
    }

    /** Pictures that videos show, each later than the one before. */
    private long shown(List<Path> videos) throws IOException {
        long count = 0;
        for (Path video : videos) {
            List<Long> micros = Videos.micros(video);
            for (int i = 1; i < micros.size(); i++) {
                if (micros.get(i) <= micros.get(i - 1)) {
                    differences.add(video + " shows a picture that is not later");
                }
            }
            count += micros.size();
        }
        return count;
    }

    private void same(String what, long one, long other) {
        if (one != other) {
            differences.add(what + " are " + one + ", and should be " + other);
        }
    }

    private static long sum(JsonNode streams, String key) {
        long sum = 0;
        for (JsonNode stream : streams) {
            sum += stream.get(key).asLong();
        }
        return sum;
    }

    /** Frames in a folder's windows, by the value of a key, or under "". */
    private Map<String, Long> frames(String folder, String key) throws IOException {
        Map<String, Long> frames = new HashMap<>();
        try (Stream<Path> files = Files.list(output.resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(".")) {
                    differences.add(file + " is left");
                    continue;
                }
                for (String line : Files.readAllLines(file)) {
                    JsonNode window = JSON.readTree(line);
                    String name = key == null ? "" : window.get(key).asText();
                    frames.merge(name, window.get("frames").asLong(), Long::sum);
                }
            }
        }
        return frames;
    }

    private JsonNode json(String file) throws IOException {
        return JSON.readTree(output.resolve(file).toFile());
    }
}
