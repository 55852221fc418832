// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Watches a job on live streams: {@code REST JOB OUTPUT TABLE SECONDS TASKMANAGER JOBMANAGER}, the
 * last two being process ids. Appends a line to the table every SECONDS while the job runs.
 *
 * <p>Heaps are what is left after a full collection, which each line costs. The time to the
 * playlist is once the operator's own (of all frames of the attempt), once what files say: from
 * when the first frame of each stream's newest segment was taken to when its playlist was written,
 * the longest of all streams that had a new one.
 */
final class LiveWatch {

    static final List<String> COLUMNS =
            List.of(
                    "seconds",
                    "rss MiB",
                    "heap MiB",
                    "threads",
                    "handles",
                    "JM rss MiB",
                    "JM heap MiB",
                    "p50 ms",
                    "p95 ms",
                    "playlist ms");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ALIVE = Set.of("CREATED", "RUNNING", "RESTARTING");
    private static final List<String> LATENCIES =
            List.of("playlistLatencyP50Millis", "playlistLatencyP95Millis");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String rest;
    private final String job;
    private final Path output;
    private final Path table;
    private final TreeMap<String, String> newest = new TreeMap<>();
    private List<String> streams = List.of();
    private long begunNanos;

    private LiveWatch(String rest, String job, Path output, Path table) {
        this.rest = rest;
        this.job = job;
        this.output = output;
        this.table = table;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        LiveWatch watch = new LiveWatch(args[0], args[1], Path.of(args[2]), Path.of(args[3]));
        watch.run(Integer.parseInt(args[4]), args[5], args[6]);
    }

    private void run(int seconds, String taskManager, String jobManager)
            throws IOException, InterruptedException {
        while (!Files.exists(output.resolve("live.json")) || live().get("streams").isEmpty()) {
            requireRunning();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        begunNanos = System.nanoTime();
        writeHead();
        for (int i = 1; ; i++) {
            long due = begunNanos + TimeUnit.SECONDS.toNanos((long) seconds * i);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            if (!requireRunning()) {
                return;
            }
            append(line(taskManager, jobManager));
        }
    }

    /** False where the job was stopped; fails where it ended otherwise. */
    private boolean requireRunning() throws IOException, InterruptedException {
        String state = get("/jobs/" + job).get("state").asText();
        if (state.equals("FINISHED")) {
            return false;
        }
        if (!ALIVE.contains(state)) {
            System.err.println("the job is " + state);
            System.exit(1);
        }
        return true;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(rest + path))
                        .timeout(Duration.ofSeconds(20))
                        .build();
        return JSON.readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode live() throws IOException {
        return JSON.readTree(output.resolve("live.json").toFile());
    }

    private void writeHead() throws IOException {
        List<String> names = new ArrayList<>();
        live().get("streams").forEach(stream -> names.add(stream.get("name").asText()));
        streams = names.stream().sorted().toList();
        List<String> head = new ArrayList<>(COLUMNS);
        streams.forEach(name -> head.add(name + ": decoded, frames, dropped, skipped, reconnects"));
        append(row(head) + "\n|" + "---|".repeat(head.size()));
    }

    private void append(String line) throws IOException {
        Files.writeString(table, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    private String line(String taskManager, String jobManager)
            throws IOException, InterruptedException {
        List<String> cells = new ArrayList<>();
        cells.add(Long.toString((System.nanoTime() - begunNanos) / 1_000_000_000));
        cells.add(kibibytes(taskManager, "VmRSS"));
        cells.add(heap(taskManager));
        cells.add(status(taskManager, "Threads"));
        try (Stream<Path> handles = Files.list(Path.of("/proc", taskManager, "fd"))) {
            cells.add(Long.toString(handles.count()));
        }
        cells.add(kibibytes(jobManager, "VmRSS"));
        cells.add(heap(jobManager));
        for (String latency : LATENCIES) {
            OptionalDouble millis = metric(latency);
            cells.add(millis.isPresent() ? Long.toString(Math.round(millis.getAsDouble())) : "");
        }
        cells.add(playlistMillis());
        JsonNode live = live();
        for (String stream : streams) {
            live.get("streams")
                    .forEach(
                            now -> {
                                if (now.get("name").asText().equals(stream)) {
                                    cells.add(counts(now));
                                }
                            });
        }
        return row(cells);
    }

    private static String counts(JsonNode stream) {
        return Stream.of("decoded", "frames", "dropped", "skipped", "reconnects")
                .map(key -> stream.get(key).asText())
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    private static String kibibytes(String process, String key) throws IOException {
        long kibibytes = Long.parseLong(status(process, key).replace(" kB", ""));
        return Long.toString(kibibytes >> 10);
    }

    private static String status(String process, String key) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", process, "status"))) {
            if (line.startsWith(key + ":")) {
                return line.substring(key.length() + 1).strip();
            }
        }
        throw new IOException("no " + key + " of process " + process);
    }

    /** A class histogram is of what lives: it collects first. */
    private static String heap(String process) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder("jcmd", process, "GC.class_histogram").start();
        String last = "";
        for (String line : jcmd.inputReader().lines().toList()) {
            last = line.startsWith("Total") ? line : last;
        }
        if (jcmd.waitFor() != 0 || last.isEmpty()) {
            throw new IOException("jcmd cannot ask process " + process);
        }
        double bytes = Double.parseDouble(last.strip().split("\\s+")[2]);
        return String.format(Locale.ROOT, "%.1f", bytes / (1 << 20));
    }

    /** A gauge of one of the job's operators, by the end of its name. */
    private OptionalDouble metric(String name) throws IOException, InterruptedException {
        for (JsonNode vertex : get("/jobs/" + job).get("vertices")) {
            String metrics = "/jobs/" + job + "/vertices/" + vertex.get("id").asText() + "/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.get("id").asText();
                if (id.endsWith(name)) {
                    String query = id.replace("%", "%25").replace(" ", "%20");
                    JsonNode value = get(metrics + "?get=" + query).path(0).path("value");
                    double millis = value.asDouble(Double.NaN);
                    return Double.isNaN(millis)
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(millis);
                }
            }
        }
        return OptionalDouble.empty();
    }

    private String playlistMillis() throws IOException {
        long longest = -1;
        for (String stream : streams) {
            Path index = output.resolve("hls").resolve(stream).resolve("index.m3u8");
            if (Files.exists(index)) {
                long written = Files.getLastModifiedTime(index).toMillis();
                Playlist playlist = Playlist.read(index);
                Playlist.Entry last = playlist.entries().get(playlist.entries().size() - 1);
                if (!last.file().toString().equals(newest.put(stream, last.file().toString()))) {
                    longest = Math.max(longest, written - last.shownAtMillis());
                }
            }
        }
        return longest < 0 ? "" : Long.toString(longest);
    }
}
