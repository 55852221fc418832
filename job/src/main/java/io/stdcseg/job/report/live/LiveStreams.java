// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report.live;

import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.metric.Scores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of a run while it goes on. Counts of frames are state, so that each frame counts
 * once; rates and shares begin anew with a new attempt. Not thread-safe.
 */
final class LiveStreams {

    /** Nobody watches more at a time, and the file is written every second. */
    static final int MOST_LISTED = 100;

    private final TreeMap<String, LiveStream> streams = new TreeMap<>();
    private final List<String> classes;
    private final Duration stretch;
    private Double miou;
    private WeightsNews taken;
    private WeightsNews refused;

    /**
     * @param sources of the streams that are known beforehand, by name
     * @param classes names in train-id order
     * @param stretch of wall-clock time that rates and shares are of
     */
    LiveStreams(Map<String, String> sources, List<String> classes, Duration stretch) {
        this.classes = classes;
        this.stretch = stretch;
        sources.forEach((name, source) -> stream(name, source));
    }

    /** A stream by its name; a new one where there was none. */
    LiveStream stream(String name, String source) {
        return streams.computeIfAbsent(name, key -> new LiveStream(key, source, stretch));
    }

    void add(LiveEvent event, long nowMillis) {
        if (event.frame() != null) {
            stream(event.frame().stream(), null).add(event.frame(), nowMillis);
        } else if (event.status() != null) {
            stream(event.status().stream(), null).add(event.status());
        } else if (event.end() != null) {
            stream(event.end().stream(), null).end(event.end());
        } else if (event.weights() != null) {
            add(event.weights());
        } else if (event.window().stream().equals(OverallScoreFunction.ALL_STREAMS)) {
            miou = Scores.orNull(event.window().scores().miou());
        } else {
            stream(event.window().stream(), null).add(event.window());
        }
    }

    /** The weights that were taken last, and those that were refused since. */
    List<WeightsNews> news() {
        return Stream.of(taken, refused).filter(Objects::nonNull).toList();
    }

    void add(WeightsNews news) {
        if (news.refusal() == null) {
            taken = news;
            refused = null;
        } else {
            refused = news;
        }
    }

    Collection<LiveStream> all() {
        return streams.values();
    }

    /**
     * Contents of {@code live.json}: plain values in the order they are written.
     *
     * @param nowMillis since 1970
     * @param ended whether the job is over
     */
    Map<String, Object> toMap(long nowMillis, boolean ended) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("updated", Instant.ofEpochMilli(nowMillis).toString());
        map.put("ended", ended);
        map.put("frames", all().stream().mapToLong(LiveStream::frames).sum());
        map.put("framesPerSecond", framesPerSecond(nowMillis));
        map.put("miou", miou);
        if (taken != null) {
            map.put("weights", taken.toMap());
        }
        if (refused != null) {
            map.put("refusedWeights", refused.toMap());
        }
        List<LiveStream> listed = new ArrayList<>(all());
        listed.sort(Comparator.comparing(LiveStream::ended));
        listed = listed.subList(0, Math.min(MOST_LISTED, listed.size()));
        map.put("moreStreams", all().size() - listed.size());
        map.put("streams", listed.stream().map(s -> s.toMap(nowMillis, classes)).toList());
        return map;
    }

    private Double framesPerSecond(long nowMillis) {
        double[] rates =
                all().stream()
                        .mapToDouble(stream -> stream.framesPerSecond(nowMillis))
                        .filter(rate -> !Double.isNaN(rate))
                        .toArray();
        double sum = 0;
        for (double rate : rates) {
            sum += rate;
        }
        return rates.length == 0 ? null : sum;
    }
}
