// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.InputHeights;
import io.stdcseg.function.score.MaskTotals;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.score.WeightsSpan;
import io.stdcseg.function.throughput.LatencyHistogram;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskScores;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Contents of {@code summary.json}: plain values in the order they are written, null for what has
 * no value.
 */
final class Summary {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Summary() {}

    static String json(
            RunTotals totals, LabelSet labels, ExpectedStreams expected, double boundary) {
        try {
            return MAPPER.writer(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(of(totals, labels.names(), expected, boundary))
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a summary of plain values cannot be written", e);
        }
    }

    /**
     * @param boundary how far boundaries reach, as a share of the diagonal
     */
    static Map<String, Object> of(
            RunTotals totals, List<String> classes, ExpectedStreams expected, double boundary) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("interrupted", expected.isInterrupted(totals));
        double seconds = totals.wallSeconds();
        summary.put("frames", totals.frames());
        summary.put("wallSeconds", seconds);
        summary.put("framesPerSecond", seconds > 0 ? totals.frames() / seconds : null);
        summary.put("latencyMillis", latency(totals.latencies()));
        summary.put("networkMillis", latency(totals.networkCalls()));
        Collection<NetworkInfo> networks = totals.networks();
        summary.put("model", oneOrAll(networks, NetworkInfo::model));
        summary.put("scale", oneOrAll(networks, NetworkInfo::scale));
        summary.put("device", oneOrAll(networks, NetworkInfo::device));
        summary.put("engine", oneOrAll(networks, NetworkInfo::engine));
        summary.put("precision", oneOrAll(networks, NetworkInfo::precision));
        summary.put("workers", oneOrAll(networks, NetworkInfo::workers));
        summary.put("threads", oneOrAll(networks, NetworkInfo::threads));
        summary.put("weights", oneOrAll(networks, Summary::weights));
        List<WeightsNews> news = totals.weightsNews();
        if (!news.isEmpty()) {
            summary.put("weightsTaken", weights(news, one -> one.refusal() == null));
            summary.put("weightsRefused", weights(news, one -> one.refusal() != null));
        }
        summary.put("streams", streams(totals, classes, expected));
        PixelCounts pixels = totals.pixels();
        summary.put(
                "scores",
                pixels == null ? null : scores(totals.labelledFrames(), pixels, classes, boundary));
        MaskCounts masks = totals.masks();
        summary.put("masks", masks == null ? null : MaskScores.of(masks).toMap(classes));
        if (totals.shadow() != null) {
            summary.put("shadow", totals.shadow().toMap(classes));
        }
        return summary;
    }

    /** The one value that all have, a list where there are several, null where there is none. */
    private static Object oneOrAll(
            Collection<NetworkInfo> networks, Function<NetworkInfo, Object> property) {
        List<Object> values = networks.stream().map(property).distinct().toList();
        return values.size() > 1 ? values : values.isEmpty() ? null : values.get(0);
    }

    private static Map<String, Object> latency(LatencyHistogram latencies) {
        if (latencies.count() == 0) {
            return null;
        }
        Map<String, Object> latency = quantiles(latencies);
        latency.put("p99", latencies.p99Millis());
        latency.put("max", latencies.maxMillis());
        return latency;
    }

    /** Null where there are no durations. */
    private static Map<String, Object> quantiles(LatencyHistogram latencies) {
        if (latencies == null || latencies.count() == 0) {
            return null;
        }
        Map<String, Object> latency = new LinkedHashMap<>();
        latency.put("p50", latencies.p50Millis());
        latency.put("p95", latencies.p95Millis());
        return latency;
    }

    private static Map<String, Object> weights(NetworkInfo network) {
        Map<String, Object> weights = new LinkedHashMap<>();
        weights.put("file", network.weightsFile());
        weights.put("sha256", network.weightsSha256());
        return weights;
    }

    private static List<Map<String, Object>> weights(
            List<WeightsNews> news, Predicate<WeightsNews> kind) {
        return news.stream().filter(kind).map(WeightsNews::toMap).toList();
    }

    /** What made which frames: each stretch of them by its first one. */
    private static List<Map<String, Object>> weights(List<WeightsSpan> spans) {
        List<Map<String, Object>> entries = new ArrayList<>();
        for (WeightsSpan span : spans) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("firstFrame", span.firstFrame());
            entry.put("lastFrame", span.lastFrame());
            entry.put("frames", span.frames());
            entry.put("sha256", span.sha256());
            entries.add(entry);
        }
        return entries;
    }

    private static List<Map<String, Object>> streams(
            RunTotals totals, List<String> classes, ExpectedStreams expected) {
        List<Map<String, Object>> streams = new ArrayList<>();
        for (StreamTotals stream : totals.streams()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", stream.stream());
            entry.put("source", expected.source(stream));
            entry.put("frames", stream.frames());
            entry.put("labelledFrames", stream.labelledFrames());
            RunTotals.StreamScores own = totals.streamScores().get(stream.stream());
            entry.put("miou", own == null ? null : Scores.orNull(own.miou()));
            entry.put("pixelAccuracy", own == null ? null : Scores.orNull(own.pixelAccuracy()));
            entry.put("skipped", stream.skipped());
            entry.put("skippedFrames", skipped(stream));
            entry.put("error", stream.error());
            if (stream.live() != null) {
                putLive(stream.live(), entry);
                entry.put(
                        "playlistLatencyMillis",
                        quantiles(totals.playlistLatencies().get(stream.stream())));
            }
            if (stream.heights() != null) {
                entry.put("inputHeight", heights(stream.heights()));
            }
            if (stream.shadow() != null) {
                entry.put("shadow", stream.shadow().toMap(classes));
            }
            if (stream.weights() != null) {
                entry.put("weights", weights(stream.weights()));
            }
            entry.put("masks", stream.masks() == null ? null : masks(stream.masks(), classes));
            streams.add(entry);
        }
        return streams;
    }

    private static void putLive(LiveProgress live, Map<String, Object> entry) {
        entry.put("decoded", live.decoded());
        entry.put("dropped", live.dropped());
        entry.put("lagSeconds", live.lagMicros() / 1e6);
        entry.put("reconnects", live.reconnects());
        entry.put("gaps", live.gaps());
        entry.put("gapSeconds", live.gapMicros() / 1e6);
        entry.put("lastError", live.lastError());
    }

    private static Map<String, Object> masks(MaskTotals masks, List<String> classes) {
        Map<String, Object> entry =
                MaskScores.of(MaskCounts.fromLongs(masks.counts())).toMap(classes);
        entry.put("windows", masks.windows());
        entry.put("driftUnusualWindows", masks.drifted());
        entry.put("mostDriftNats", Scores.orNull(masks.mostDriftNats()));
        entry.put("mostDriftAtSeconds", Scores.orNull(masks.mostDriftSeconds()));
        entry.put("lumaDriftUnusualWindows", masks.lumaDrifted());
        entry.put("sharpnessUnusualWindows", masks.unusuallySharp());
        entry.put("stabilityUnusualWindows", masks.unstable());
        entry.put("leastStability", Scores.orNull(masks.leastStability()));
        entry.put("leastStabilityAtSeconds", Scores.orNull(masks.leastStabilitySeconds()));
        entry.put("temporalConsistencyUnusualWindows", masks.inconsistent());
        entry.put("leastTemporalConsistency", Scores.orNull(masks.leastConsistency()));
        entry.put(
                "leastTemporalConsistencyAtSeconds",
                Scores.orNull(masks.leastConsistencySeconds()));
        if (entry.containsKey("uncertainShare")) {
            entry.put("uncertainShareUnusualWindows", masks.unsure());
        }
        return entry;
    }

    private static Map<String, Object> heights(InputHeights heights) {
        TreeMap<Integer, Long> frames = new TreeMap<>(heights.frames());
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("least", frames.firstKey());
        entry.put("most", frames.lastKey());
        entry.put("changes", heights.changes());
        entry.put("frames", frames);
        return entry;
    }

    private static List<Map<String, Object>> skipped(StreamTotals stream) {
        List<Map<String, Object>> pictures = new ArrayList<>();
        for (SkippedPicture picture : stream.skippedPictures()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("index", picture.index());
            entry.put("name", picture.name());
            entry.put("reason", picture.reason());
            pictures.add(entry);
        }
        return pictures;
    }

    private static Map<String, Object> scores(
            long frames, PixelCounts pixels, List<String> classes, double boundary) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("frames", frames);
        entry.putAll(Scores.of(pixels).toMap(classes));
        entry.put("boundaryShareOfDiagonal", boundary);
        List<List<Long>> rows = new ArrayList<>();
        for (int label = 0; label < pixels.classes(); label++) {
            List<Long> row = new ArrayList<>();
            for (int prediction = 0; prediction < pixels.classes(); prediction++) {
                row.add(pixels.count(label, prediction));
            }
            rows.add(row);
        }
        entry.put("confusion", rows);
        return entry;
    }
}
