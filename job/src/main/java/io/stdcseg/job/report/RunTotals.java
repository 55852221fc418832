// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.ShadowCounts;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.score.WeightsSpan;
import io.stdcseg.function.throughput.LatencyHistogram;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.MaskScores;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputView;

/**
 * Totals of a run: exact sums, and of its windows as much as charts show. It is state: what a
 * failed attempt added after the last checkpoint is forgotten with it and added again, once. It
 * grows with the number of streams, not with their length. Not thread-safe.
 */
final class RunTotals {

    /** So many pictures that were left out are named in all; the others are counted. */
    static final int MOST_NAMED = 2000;

    private final Map<String, StreamTotals> streams = new TreeMap<>();
    private final LatencyHistogram latencies;
    private final LatencyHistogram networkCalls;
    private final CurveHistory scores;
    private final CurveHistory throughput;
    private CurveHistory stability = new CurveHistory();
    private CurveHistory drift = new CurveHistory();
    private CurveHistory lumaDrift = new CurveHistory();
    private CurveHistory sharpness = new CurveHistory();
    private Span span;
    private boolean goingOn;
    private PixelCounts pixels;
    private final Set<NetworkInfo> networks =
            new TreeSet<>(Comparator.comparing(NetworkInfo::toString));
    private final Map<String, LatencyHistogram> playlists = new TreeMap<>();
    private final Map<String, StreamScores> streamScores = new TreeMap<>();
    private final List<WeightsNews> weightsNews = new ArrayList<>();
    private int named;

    /** Nothing yet. */
    RunTotals() {
        this(
                new LatencyHistogram(),
                new LatencyHistogram(),
                new CurveHistory(),
                new CurveHistory(),
                Span.NONE,
                null,
                Set.of());
    }

    RunTotals(
            LatencyHistogram latencies,
            LatencyHistogram networkCalls,
            CurveHistory scores,
            CurveHistory throughput,
            Span span,
            PixelCounts pixels,
            Collection<NetworkInfo> networks) {
        this.latencies = latencies;
        this.networkCalls = networkCalls;
        this.scores = scores;
        this.throughput = throughput;
        this.span = span;
        this.pixels = pixels;
        this.networks.addAll(networks);
    }

    /** What is kept of a labelled stream's scores by itself. */
    record StreamScores(double miou, double pixelAccuracy) {}

    /**
     * Span of a run in wall-clock time, in milliseconds since 1970.
     *
     * @param first when the first frame's decoding ended
     * @param last when the last frame's mask was there
     * @param idle how much of it no job was there
     */
    record Span(long first, long last, long idle) {

        static final Span NONE = new Span(Long.MAX_VALUE, Long.MIN_VALUE, 0);

        Span with(FrameTiming timing) {
            return new Span(
                    Math.min(first, decoded(timing)), Math.max(last, timing.endMillis()), idle);
        }

        /** With the first frame of another job. */
        Span goingOnWith(FrameTiming timing) {
            long gap = last == NONE.last ? 0 : Math.max(0, decoded(timing) - last);
            return new Span(first, last, idle + gap).with(timing);
        }

        private static long decoded(FrameTiming timing) {
            return timing.endMillis() - timing.latencyNanos() / 1_000_000;
        }
    }

    /** Another job goes on with the run, whenever that is. */
    void goOn() {
        goingOn = true;
    }

    void add(ReportEvent event) {
        if (event.timing() != null) {
            latencies.add(event.timing().latencyNanos());
            if (event.timing().networkNanos() > 0) {
                networkCalls.add(event.timing().networkNanos());
            }
            span = goingOn ? span.goingOnWith(event.timing()) : span.with(event.timing());
            goingOn = false;
        } else if (event.stream() != null) {
            add(event.stream());
        } else if (event.window() != null) {
            ScoreWindow window = event.window();
            scores.add(window.stream(), window.windowEnd(), window.scores().miou());
            addMasks(window);
        } else if (event.throughput() != null) {
            ThroughputWindow window = event.throughput();
            throughput.add("", window.windowEnd(), window.framesPerSecond());
        } else if (event.network() != null) {
            networks.add(event.network());
        } else if (event.weights() != null) {
            add(event.weights());
        } else {
            PlaylistTiming segment = event.playlist();
            segment.addTo(
                    playlists.computeIfAbsent(segment.stream(), name -> new LatencyHistogram()));
        }
    }

    /** Each subtask tells of a change. */
    private void add(WeightsNews news) {
        if (news.network() != null) {
            networks.add(news.network());
        }
        if (weightsNews.size() < MOST_NAMED && !weightsNews.contains(news.withoutNetwork())) {
            weightsNews.add(news.withoutNetwork());
        }
    }

    /** Of streams in their own time. */
    private void addMasks(ScoreWindow window) {
        if (window.masks() != null && !window.stream().equals(OverallScoreFunction.ALL_STREAMS)) {
            MaskScores masks = window.masks();
            stability.add(window.stream(), window.windowEnd(), masks.stability());
            drift.add(window.stream(), window.windowEnd(), masks.judgement().driftNats());
            lumaDrift.add(window.stream(), window.windowEnd(), masks.judgement().lumaDriftNats());
            sharpness.add(window.stream(), window.windowEnd(), masks.sharpness());
        }
    }

    /** Adds a stream that has ended; its counts are needed no more by themselves. */
    private void add(StreamTotals stream) {
        if (stream.counts() != null) {
            PixelCounts counts = PixelCounts.fromLongs(stream.counts());
            Scores own = Scores.of(counts);
            streamScores.put(stream.stream(), new StreamScores(own.miou(), own.pixelAccuracy()));
            if (pixels == null) {
                pixels = counts;
            } else {
                pixels.merge(counts);
            }
        }
        addCounted(stream.withoutCounts());
    }

    /** Adds a stream whose counts are in the sum already. */
    void addCounted(StreamTotals stream) {
        boolean room = named + stream.skippedPictures().size() <= MOST_NAMED;
        StreamTotals kept = room ? stream : stream.withoutNames();
        named += kept.skippedPictures().size();
        streams.put(stream.stream(), kept);
    }

    /** Tells what made the masks of a stream that was added. */
    void tell(String stream, List<WeightsSpan> weights, ShadowCounts shadow) {
        streams.computeIfPresent(stream, (name, totals) -> totals.madeBy(weights, shadow));
    }

    /** Streams that have ended, by name; without counts. */
    Collection<StreamTotals> streams() {
        return streams.values();
    }

    /** Scores of each stream that has labels, by name. */
    Map<String, StreamScores> streamScores() {
        return streamScores;
    }

    /** From the end of frames' decoding until their masks were there and scored. */
    LatencyHistogram latencies() {
        return latencies;
    }

    /** How long the network's calls took; each counts for every frame of its batch. */
    LatencyHistogram networkCalls() {
        return networkCalls;
    }

    /** From live streams' cameras to their playlists, by stream. */
    Map<String, LatencyHistogram> playlistLatencies() {
        return playlists;
    }

    /** Rolling mIoU by stream, in stream time. */
    CurveHistory scores() {
        return scores;
    }

    /** Rolling stability of masks by stream, in stream time. */
    CurveHistory stability() {
        return stability;
    }

    /** Rolling drift of classes' shares by stream, in nats, in stream time. */
    CurveHistory drift() {
        return drift;
    }

    /** Rolling drift of the pictures' luma by stream, in nats, in stream time. */
    CurveHistory lumaDrift() {
        return lumaDrift;
    }

    /** Rolling sharpness of the pictures by stream, in levels of luma, in stream time. */
    CurveHistory sharpness() {
        return sharpness;
    }

    void readMaskCurves(DataInputView in) throws IOException {
        stability = CurveHistory.read(in);
        drift = CurveHistory.read(in);
    }

    void readPictureCurves(DataInputView in) throws IOException {
        lumaDrift = CurveHistory.read(in);
        sharpness = CurveHistory.read(in);
    }

    /** Frames per second, in seconds since 1970. */
    CurveHistory throughput() {
        return throughput;
    }

    Span span() {
        return span;
    }

    /** What made the masks: machines may differ in what they take. */
    Collection<NetworkInfo> networks() {
        return networks;
    }

    /** Weights that were taken, or refused, while the job ran; without their networks. */
    List<WeightsNews> weightsNews() {
        return weightsNews;
    }

    /** Counts of all labelled frames; null if there was none. */
    PixelCounts pixels() {
        return pixels;
    }

    /** Counts of a second network's masks; null if there is none. */
    ShadowCounts shadow() {
        return streams().stream().map(StreamTotals::shadow).reduce(null, ShadowCounts::sum);
    }

    /** Counts of all frames' masks; null if there are none. */
    MaskCounts masks() {
        MaskCounts sum = null;
        for (StreamTotals stream : streams()) {
            if (stream.masks() != null) {
                MaskCounts counts = MaskCounts.fromLongs(stream.masks().counts());
                if (sum == null) {
                    sum = counts;
                } else {
                    sum.merge(counts);
                }
            }
        }
        return sum;
    }

    long frames() {
        return streams().stream().mapToLong(StreamTotals::frames).sum();
    }

    long labelledFrames() {
        return streams().stream().mapToLong(StreamTotals::labelledFrames).sum();
    }

    /**
     * From the end of the first frame's decoding to the last frame's mask, less the time between
     * two jobs of a run; 0 without frames.
     */
    double wallSeconds() {
        return latencies.count() == 0 ? 0 : (span.last() - span.first() - span.idle()) / 1000.0;
    }
}
