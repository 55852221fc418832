// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.function.score.ClassPixels;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.OverallScoreFunction;
import io.stdcseg.function.score.RollingScoreFunction;
import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.function.score.ScoreWindow;
import io.stdcseg.function.score.StreamEvent;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.throughput.ThroughputFunction;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.options.SegmentOptions.Output;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.EarlierResults;
import io.stdcseg.job.output.LinesFolder;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.kafka.KafkaOutput;
import io.stdcseg.job.output.kafka.KafkaTopic;
import io.stdcseg.job.output.lines.LinesWriter;
import io.stdcseg.job.output.playlist.PlaylistTiming;
import io.stdcseg.job.report.ExpectedStreams;
import io.stdcseg.job.report.FramePictures;
import io.stdcseg.job.report.ReportEvent;
import io.stdcseg.job.report.ReportWriter;
import io.stdcseg.job.report.live.LiveEvent;
import io.stdcseg.job.report.live.LiveWriter;
import io.stdcseg.job.report.live.StreamStatus;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Topology of the job, a score's part: behind the pixels. What flows here is small; windows, files
 * and report are kept by one task each.
 *
 * <pre>
 * events  ==> rolling scores ==> write scores
 * timings ==> throughput ==> write throughput
 * windows ==> Kafka
 * all of them ==> report, live page
 * </pre>
 */
final class ReportPipeline {

    private static final TypeInformation<ReportEvent> REPORT_EVENT =
            TypeInformation.of(ReportEvent.class);

    private static final TypeInformation<LiveEvent> LIVE_EVENT =
            TypeInformation.of(LiveEvent.class);

    private final SegmentSettings settings;
    private final LabelSet labels;
    private final LabelFolders labelFolders;
    private final OutputFolder folder;
    private final SourceSpec sources;

    ReportPipeline(
            SegmentSettings settings,
            LabelSet labels,
            LabelFolders labelFolders,
            OutputFolder folder,
            SourceSpec sources) {
        this.settings = settings;
        this.labels = labels;
        this.labelFolders = labelFolders;
        this.folder = folder;
        this.sources = sources;
    }

    /**
     * Adds windows, their files and the report behind the scored frames.
     *
     * @param weights what is told of new weights; null where none can come
     * @param published how long playlists of live streams take; ends when all is published that is
     *     while the job runs, null if nothing is
     * @param chooser adds what chooses frames to keep behind the ends of streams; what comes of it
     *     ends when they are there, and is null where none are kept
     */
    void build(
            SingleOutputStreamOperator<FrameElement> scored,
            DataStream<WeightsNews> weights,
            DataStream<PlaylistTiming> published,
            Function<DataStream<StreamTotals>, DataStream<Void>> chooser) {
        DataStream<StreamEvent> events = scored.getSideOutput(ScoreFunction.EVENTS);
        DataStream<FrameTiming> timings = scored.getSideOutput(ScoreFunction.TIMINGS);
        SingleOutputStreamOperator<ScoreWindow> rolling = rollingScores(events);
        DataStream<ScoreWindow> scores =
                sources.hasSeveralStreams() ? rolling.union(overallScores(events)) : rolling;
        DataStream<ThroughputWindow> throughput = throughput(timings);
        if (settings.writes(Output.SCORES)) {
            scores.union(rolling.getSideOutput(RollingScoreFunction.CHANGES))
                    .transform(
                            "write scores",
                            Types.VOID,
                            new LinesWriter<>(
                                    folder,
                                    folder.scores().in(settings.format()),
                                    ScoreWindow::toMap))
                    .uid("write-scores")
                    .setParallelism(1);
        }
        if (settings.writes(Output.THROUGHPUT)) {
            throughput
                    .transform(
                            "write throughput",
                            Types.VOID,
                            new LinesWriter<>(
                                    folder,
                                    folder.throughput().in(settings.format()),
                                    ThroughputWindow::toMap))
                    .uid("write-throughput")
                    .setParallelism(1);
        }
        if (settings.kafka() != null) {
            send(scores.union(rolling.getSideOutput(RollingScoreFunction.CHANGES)), throughput);
        }
        if (settings.writes(Output.HLS)) {
            showLive(
                    events,
                    scored.getSideOutput(ScoreFunction.PIXELS),
                    weights,
                    scores,
                    rolling.getSideOutput(RollingScoreFunction.TOTALS));
        }
        DataStream<StreamEvent> rangeStarts =
                events.filter(event -> event.rangeStart() != null)
                        .name("range starts")
                        .uid("range-starts");
        DataStream<ReportEvent> reported =
                timings.map(ReportEvent::of, REPORT_EVENT)
                        .name("timings")
                        .uid("report-timings")
                        .union(
                                rolling.getSideOutput(RollingScoreFunction.TOTALS)
                                        .map(ReportEvent::of, REPORT_EVENT)
                                        .name("totals")
                                        .uid("report-totals")
                                        .setParallelism(1),
                                scores.map(ReportEvent::of, REPORT_EVENT)
                                        .name("score windows")
                                        .uid("report-score-windows")
                                        .setParallelism(1),
                                throughput
                                        .map(ReportEvent::of, REPORT_EVENT)
                                        .name("throughput windows")
                                        .uid("report-throughput-windows")
                                        .setParallelism(1),
                                rangeStarts
                                        .map(
                                                event ->
                                                        ReportEvent.of(
                                                                event.rangeStart().network()),
                                                REPORT_EVENT)
                                        .name("networks")
                                        .uid("report-networks"));
        if (weights != null) {
            reported =
                    reported.union(
                            weights.map(ReportEvent::of, REPORT_EVENT)
                                    .name("weights")
                                    .uid("report-weights"));
        }
        if (published != null) {
            reported = reported.union(of(published));
        }
        DataStream<Void> kept = chooser.apply(rolling.getSideOutput(RollingScoreFunction.TOTALS));
        if (kept != null) {
            reported = reported.union(endOf(kept));
        }
        reported.transform("report", Types.VOID, reportWriter()).uid("report").setParallelism(1);
    }

    /** The lines that files get, whether there are files or not. */
    private void send(DataStream<ScoreWindow> scores, DataStream<ThroughputWindow> throughput) {
        KafkaOutput kafka = new KafkaOutput(settings.kafka(), folder);
        kafka.send(scores, KafkaTopic.SCORES, ScoreWindow::stream, ScoreWindow::toMap);
        kafka.send(
                throughput,
                KafkaTopic.THROUGHPUT,
                window -> OverallScoreFunction.ALL_STREAMS,
                ThroughputWindow::toMap);
    }

    private static DataStream<ReportEvent> of(DataStream<PlaylistTiming> published) {
        return published
                .map(ReportEvent::of, REPORT_EVENT)
                .name("playlist timings")
                .uid("report-playlist-timings")
                .setParallelism(1);
    }

    /** No event: the report waits for the frames that it shows. */
    private static DataStream<ReportEvent> endOf(DataStream<Void> kept) {
        return kept.map(none -> (ReportEvent) null, REPORT_EVENT)
                .name("end of kept frames")
                .uid("report-kept-frames")
                .setParallelism(1);
    }

    /** The page to watch. */
    private void showLive(
            DataStream<StreamEvent> events,
            DataStream<ClassPixels> frames,
            DataStream<WeightsNews> weights,
            DataStream<ScoreWindow> scores,
            DataStream<StreamTotals> ended) {
        DataStream<LiveEvent> told =
                frames.map(LiveEvent::of, LIVE_EVENT)
                        .name("live frames")
                        .uid("live-frames")
                        .union(
                                events.filter(event -> event.live() != null)
                                        .name("live sources")
                                        .uid("live-sources")
                                        .map(
                                                event ->
                                                        LiveEvent.of(StreamStatus.of(event.live())),
                                                LIVE_EVENT)
                                        .name("live status")
                                        .uid("live-status"),
                                scores.map(LiveEvent::of, LIVE_EVENT)
                                        .name("live score windows")
                                        .uid("live-score-windows")
                                        .setParallelism(1),
                                ended.map(LiveEvent::of, LIVE_EVENT)
                                        .name("live stream ends")
                                        .uid("live-stream-ends")
                                        .setParallelism(1));
        if (weights != null) {
            told =
                    told.union(
                            weights.map(LiveEvent::of, LIVE_EVENT)
                                    .name("live weights")
                                    .uid("live-weights"));
        }
        told.transform(
                        "live page",
                        Types.VOID,
                        new LiveWriter(folder, knownSources(), labels, settings.window()))
                .uid("live-page")
                .setParallelism(1);
    }

    private SingleOutputStreamOperator<ScoreWindow> rollingScores(DataStream<StreamEvent> events) {
        return events.keyBy(StreamEvent::stream)
                .process(
                        new RollingScoreFunction(
                                settings.window(), settings.slide(), labels.names()))
                .name("rolling scores")
                .uid("rolling-scores")
                .setParallelism(1);
    }

    /** Streams have no common time of their own: by the wall clock. */
    private DataStream<ScoreWindow> overallScores(DataStream<StreamEvent> events) {
        return events.keyBy(OverallScoreFunction.oneKey())
                .process(
                        new OverallScoreFunction(
                                settings.window(), settings.slide(), labels.names()))
                .name("scores over all streams")
                .uid("overall-scores")
                .setParallelism(1);
    }

    private DataStream<ThroughputWindow> throughput(DataStream<FrameTiming> timings) {
        return timings.keyBy(ThroughputFunction.oneKey())
                .process(new ThroughputFunction(settings.window(), settings.slide()))
                .name("throughput")
                .uid("throughput")
                .setParallelism(1);
    }

    private ReportWriter reportWriter() {
        List<LinesFolder> unwritten = new ArrayList<>();
        if (!settings.writes(Output.SCORES)) {
            unwritten.add(folder.scores());
        }
        if (!settings.writes(Output.THROUGHPUT)) {
            unwritten.add(folder.throughput());
        }
        return new ReportWriter(
                new EarlierResults(
                        folder,
                        unwritten,
                        settings.writes(Output.HLS) ? Set.of() : sources.names(),
                        settings.writes(Output.HLS),
                        settings.keepFrames() > 0),
                expectedStreams(),
                labels,
                settings.deciding(),
                labelFolders.hasLabels(),
                settings.boundary(),
                settings.writes(Output.REPORT),
                settings.keepFrames() > 0 ? new FramePictures(labels, labelFolders) : null,
                !settings.commitsWholeStreams());
    }

    private ExpectedStreams expectedStreams() {
        return new ExpectedStreams(knownSources(), sources.watched().any());
    }

    private TreeMap<String, String> knownSources() {
        TreeMap<String, String> known = new TreeMap<>();
        sources.streams().forEach(stream -> known.put(stream.name(), stream.source()));
        return known;
    }
}
