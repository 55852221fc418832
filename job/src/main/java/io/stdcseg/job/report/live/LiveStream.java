// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.metric.Scores;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is known of a stream while it goes on. Not thread-safe. */
final class LiveStream {

    private final String name;
    private String source;
    private long frames;
    private boolean ended;
    private String error;
    private StreamStatus status;
    private ScoreWindow window;
    private RecentFrames recent;
    private int inputHeight;

    /**
     * @param source null if nobody said yet
     */
    LiveStream(String name, String source, Duration stretch) {
        this.name = name;
        this.source = source;
        this.recent = new RecentFrames(stretch);
    }

    /** Takes up where a checkpoint left off. */
    void restore(String from, long count, boolean over, String why) {
        source = from;
        frames = count;
        ended = over;
        error = why;
    }

    void add(ClassPixels frame, long nowMillis) {
        if (!ended) {
            // The end, which may come by a shorter way, has told of all.
            frames++;
        }
        inputHeight = frame.inputHeight();
        recent.add(frame, nowMillis);
    }

    void add(ScoreWindow latest) {
        // Without labels the page shows shares.
        window = latest.frames() > 0 ? latest : null;
    }

    void add(StreamStatus latest) {
        status = latest;
    }

    void end(StreamTotals totals) {
        source = totals.source() == null ? source : totals.source();
        error = totals.error();
        frames = totals.frames();
        // What was told last may be a second old.
        status = totals.live() == null ? status : StreamStatus.of(totals.live());
        ended = true;
    }

    String name() {
        return name;
    }

    String source() {
        return source;
    }

    long frames() {
        return frames;
    }

    boolean ended() {
        return ended;
    }

    /** Why it ended early, or else the last thing that went wrong; null if nothing did. */
    String error() {
        return error == null && status != null ? status.error() : error;
    }

    /** NaN if nobody can say; so it is once the stream has ended. */
    double framesPerSecond(long nowMillis) {
        return ended ? Double.NaN : recent.framesPerSecond(nowMillis);
    }

    /** What the page is told. */
    Map<String, Object> toMap(long nowMillis, List<String> classes) {
        Double rate = Scores.orNull(framesPerSecond(nowMillis));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("source", source);
        map.put("playlist", "hls/" + encoded(name) + "/index.m3u8");
        map.put("ended", ended);
        map.put("frames", frames);
        map.put("framesPerSecond", rate);
        map.put("lagSeconds", status == null || ended ? null : status.lagSeconds());
        map.put("inputHeight", inputHeight == 0 || ended ? null : inputHeight);
        map.put("decoded", status == null ? null : status.decoded());
        map.put("dropped", status == null ? null : status.dropped());
        map.put("skipped", status == null ? null : status.skipped());
        map.put("reconnects", status == null ? null : status.reconnects());
        map.put("error", error());
        map.put("window", windowMap(classes));
        return map;
    }

    private Map<String, Object> windowMap(List<String> classes) {
        double[] span = recent.span();
        if (window == null && span == null) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("start", window == null ? span[0] : window.windowStart());
        map.put("end", window == null ? span[1] : window.windowEnd());
        map.put("miou", window == null ? null : Scores.orNull(window.scores().miou()));
        map.put(
                "iou",
                window == null ? null : Scores.byName(window.classes(), window.scores().iou()));
        map.put("shares", recent.shares(classes));
        return map;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
