// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Proof that what a playlist lacks is known: {@code OUTPUT RATE LAGS}, of a job on one camera at
 * RATE frames per second whose frames all have labels. LAGS has a line for each moment that was
 * looked at: seconds since 1970, the lag, the most that is allowed then.
 *
 * <p>Every frame of each score window is in the playlist, at its time. Where more than two frames
 * are missing between segments there is a discontinuity, and nowhere else. Gaps are as long as the
 * summary says, and between them there are as many frames as the camera filmed.
 */
final class LiveGaps {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Times in playlists are rounded to milliseconds. */
    private static final long ROUNDED_MICROS = 1_500;

    /** Shorter ones are jitter. */
    private static final double GAP_SECONDS = 0.5;

    /**
     * Pictures by which FFmpeg found out what comes are tied to when they are read: up to so much
     * later than they came.
     */
    private static final double LATE_SECONDS = 2.5;

    private final Path output;
    private final double rate;
    private final JsonNode stream;
    private final List<String> differences = new ArrayList<>();
    private final TreeMap<Long, Integer> times = new TreeMap<>();
    private int discontinuities;
    private int within;

    private LiveGaps(Path output, double rate) throws IOException {
        this.output = output;
        this.rate = rate;
        this.stream = JSON.readTree(output.resolve("summary.json").toFile()).get("streams").get(0);
    }

    public static void main(String[] args) throws IOException {
        avutil.av_log_set_level(avutil.AV_LOG_FATAL);
        LiveGaps gaps = new LiveGaps(Path.of(args[0]), Double.parseDouble(args[1]));
        gaps.readPlaylist();
        gaps.windows();
        gaps.gaps();
        gaps.lags(Path.of(args[2]));
        gaps.differences.forEach(difference -> System.out.println("FAILED: " + difference));
        System.exit(gaps.differences.isEmpty() ? 0 : 1);
    }

    private void require(boolean holds, String format, Object... values) {
        if (!holds) {
            differences.add(String.format(Locale.ROOT, format, values));
        }
    }

    /** When each frame was filmed, in microseconds since 1970. */
    private void readPlaylist() throws IOException {
        Path folder = output.resolve("hls").resolve(stream.get("name").asText());
        long last = Long.MIN_VALUE;
        double step = 1 / rate;
        Path header = null;
        for (Playlist.Entry entry : Playlist.read(folder.resolve("index.m3u8")).entries()) {
            List<Long> shown = entry.decode();
            long first = entry.shownAtMillis() * 1000;
            if (last != Long.MIN_VALUE) {
                double lost = lost(first - last);
                boolean gap = lost > 2;
                // Where every second frame is left out the others are further apart.
                boolean surely = lost > 3.5 * step * rate - 1 || !entry.header().equals(header);
                boolean said = entry.discontinuity();
                require(said || !surely, "%s lacks a discontinuity", entry.file());
                require(!said || gap || surely, "%s goes on, and says it does not", entry.file());
                discontinuities += said ? 1 : 0;
            }
            header = entry.header();
            for (long micros : shown) {
                long at = first + micros - shown.get(0);
                within += micros != shown.get(0) && lost(at - last) > 2.5 ? 1 : 0;
                times.merge(at, 1, Integer::sum);
                last = at;
            }
            step = step(shown);
        }
    }

    /**
     * Usual distance in seconds, at least that of the camera: what a server had held back comes at
     * once.
     */
    private double step(List<Long> shown) {
        long[] steps =
                IntStream.range(1, shown.size())
                        .mapToLong(i -> shown.get(i) - shown.get(i - 1))
                        .sorted()
                        .toArray();
        return steps.length == 0
                ? 1 / rate
                : Math.max(1 / rate, steps[(steps.length - 1) / 2] / 1e6);
    }

    private static int sum(SortedMap<Long, Integer> times) {
        return times.values().stream().mapToInt(Integer::intValue).sum();
    }

    private double lost(long micros) {
        return micros * rate / 1e6 - 1;
    }

    /** Each window's frames, by their time. */
    private void windows() throws IOException {
        int count = 0;
        int scored = 0;
        try (Stream<Path> files = Files.list(output.resolve("scores"))) {
            for (Path file : files.sorted().toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode window = JSON.readTree(line);
                    if (window.get("stream").equals(stream.get("name"))) {
                        window(window);
                        scored += window.get("frames").asInt();
                        count++;
                    }
                }
            }
        }
        int frames = sum(times);
        System.out.printf("%d score windows, %d frames%n", count, frames);
        require(frames == scored, "score windows have %d frames, the playlist %d", scored, frames);
    }

    private void window(JsonNode window) {
        long start = Math.round(window.get("windowStart").asDouble() * 1e6);
        long end = Math.round(window.get("windowEnd").asDouble() * 1e6);
        int frames = window.get("frames").asInt();
        int fewest = sum(times.subMap(start + ROUNDED_MICROS, end - ROUNDED_MICROS));
        int most = sum(times.subMap(start - ROUNDED_MICROS, end + ROUNDED_MICROS));
        require(
                fewest <= frames && frames <= most,
                "the window at %s has %d frames, the playlist %d to %d",
                window.get("windowStart"),
                frames,
                fewest,
                most);
    }

    private void gaps() {
        double sum = 0;
        double longest = 0;
        int count = 0;
        long before = times.firstKey();
        for (long at : times.tailMap(before, false).keySet()) {
            double seconds = (at - before) / 1e6;
            if (seconds > GAP_SECONDS) {
                sum += seconds;
                longest = Math.max(longest, seconds);
                count++;
            }
            before = at;
        }
        double span = (times.lastKey() - times.firstKey()) / 1e6;
        double said = stream.get("gapSeconds").asDouble();
        double filmed = (span - said) * rate;
        long came = stream.get("decoded").asLong();
        double left = (stream.get("dropped").asLong() + stream.get("skipped").asLong()) / rate;
        System.out.printf(
                Locale.ROOT,
                "%d gaps of %.1f s in %.1f s, the longest %.1f s, of which the summary says %.1f s"
                    + " and %.1f s were left out; %d discontinuities, %d gaps within segments; %.0f"
                    + " frames filmed, %d decoded%n",
                count,
                sum,
                span,
                longest,
                said,
                left,
                discontinuities,
                within,
                filmed,
                came);
        double jitter = 0.5 + 0.2 * count;
        double late = LATE_SECONDS * (1 + stream.get("gaps").asLong());
        require(
                said - jitter < sum && sum < said + left + jitter,
                "gaps are %.1f s long, %.1f s are said and %.1f s left out",
                sum,
                said,
                left);
        require(
                filmed * 0.98 - 2 * rate < came && came < filmed * 1.02 + late * rate,
                "%d frames were decoded, %.0f filmed",
                came,
                filmed);
    }

    private void lags(Path file) throws IOException {
        double worst = 0;
        int looked = 0;
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split(" ");
            double lag = Double.parseDouble(cells[1]);
            double most = Double.parseDouble(cells[2]);
            worst = most < Double.POSITIVE_INFINITY ? Math.max(worst, lag) : worst;
            require(lag <= most, "at %s the lag is %.3f s", cells[0], lag);
            looked++;
        }
        require(looked > 0, "nobody looked at the lag");
        System.out.printf(Locale.ROOT, "lag at most %.3f s, looked at %d times%n", worst, looked);
    }
}
