// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static org.apache.flink.types.StringValue.readString;
import static org.apache.flink.types.StringValue.writeString;

import io.stdcseg.frame.FrameElement.LiveProgress;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.InputHeights;
import io.stdcseg.function.score.MaskTotals;
import io.stdcseg.function.score.ShadowCounts;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.score.WeightsSpan;
import io.stdcseg.function.throughput.LatencyHistogram;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.job.report.RunTotals.StreamScores;
import io.stdcseg.metric.PixelCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.typeutils.base.array.LongPrimitiveArraySerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of a run's totals, for checkpoints. Version 3 knew no time between jobs, version 4 no
 * live streams, version 5 neither heights nor playlists, version 6 neither times of the network's
 * calls nor anything of masks without labels, version 7 neither unsure windows nor scores of
 * streams, version 8 no change of weights and no second network, version 9 nothing of pictures.
 */
final class RunTotalsSerializer implements SimpleVersionedSerializer<RunTotals> {

    private static final int VERSION = 10;

    private static final LongPrimitiveArraySerializer COUNTS =
            LongPrimitiveArraySerializer.INSTANCE;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RunTotals totals) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        totals.latencies().write(out);
        totals.scores().write(out);
        totals.throughput().write(out);
        out.writeLong(totals.span().first());
        out.writeLong(totals.span().last());
        out.writeLong(totals.span().idle());
        out.writeBoolean(totals.pixels() != null);
        if (totals.pixels() != null) {
            COUNTS.serialize(totals.pixels().toLongs(), out);
        }
        out.writeInt(totals.networks().size());
        for (NetworkInfo network : totals.networks()) {
            write(network, out);
        }
        out.writeInt(totals.streams().size());
        for (StreamTotals stream : totals.streams()) {
            write(stream, out);
        }
        out.writeInt(totals.playlistLatencies().size());
        for (Map.Entry<String, LatencyHistogram> stream : totals.playlistLatencies().entrySet()) {
            writeString(stream.getKey(), out);
            stream.getValue().write(out);
        }
        totals.networkCalls().write(out);
        totals.stability().write(out);
        totals.drift().write(out);
        out.writeInt(totals.streamScores().size());
        for (Map.Entry<String, StreamScores> stream : totals.streamScores().entrySet()) {
            writeString(stream.getKey(), out);
            out.writeDouble(stream.getValue().miou());
            out.writeDouble(stream.getValue().pixelAccuracy());
        }
        out.writeInt(totals.weightsNews().size());
        for (WeightsNews news : totals.weightsNews()) {
            out.writeLong(news.checkpoint());
            writeString(news.file(), out);
            writeString(news.sha256(), out);
            writeString(news.refusal(), out);
        }
        writeNetworks(totals, out);
        totals.lumaDrift().write(out);
        totals.sharpness().write(out);
        return out.getCopyOfBuffer();
    }

    @Override
    public RunTotals deserialize(int version, byte[] serialized) throws IOException {
        if (version < 3 || version > VERSION) {
            throw new IOException(
                    "totals of version " + version + " cannot be read; 3 to 10 are known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        LatencyHistogram latencies = new LatencyHistogram();
        latencies.read(in);
        CurveHistory scores = CurveHistory.read(in);
        CurveHistory throughput = CurveHistory.read(in);
        RunTotals.Span span =
                new RunTotals.Span(in.readLong(), in.readLong(), version == 3 ? 0 : in.readLong());
        PixelCounts pixels =
                in.readBoolean() ? PixelCounts.fromLongs(COUNTS.deserialize(in)) : null;
        RunTotals totals =
                new RunTotals(
                        latencies,
                        new LatencyHistogram(),
                        scores,
                        throughput,
                        span,
                        pixels,
                        readNetworks(in));
        for (int i = in.readInt(); i > 0; i--) {
            totals.addCounted(readStream(in, version));
        }
        for (int i = version > 5 ? in.readInt() : 0; i > 0; i--) {
            String stream = readString(in);
            LatencyHistogram playlist = new LatencyHistogram();
            playlist.read(in);
            totals.playlistLatencies().put(stream, playlist);
        }
        if (version > 6) {
            totals.networkCalls().read(in);
            totals.readMaskCurves(in);
        }
        for (int i = version > 7 ? in.readInt() : 0; i > 0; i--) {
            totals.streamScores()
                    .put(readString(in), new StreamScores(in.readDouble(), in.readDouble()));
        }
        for (int i = version > 8 ? in.readInt() : 0; i > 0; i--) {
            totals.weightsNews()
                    .add(
                            new WeightsNews(
                                    in.readLong(),
                                    readString(in),
                                    readString(in),
                                    null,
                                    readString(in)));
        }
        if (version > 8) {
            readNetworks(totals, in);
        }
        if (version > 9) {
            totals.readPictureCurves(in);
        }
        return totals;
    }

    private static void write(StreamTotals stream, DataOutputView out) throws IOException {
        writeString(stream.stream(), out);
        writeString(stream.source(), out);
        out.writeLong(stream.frames());
        out.writeLong(stream.skipped());
        out.writeInt(stream.skippedPictures().size());
        for (SkippedPicture picture : stream.skippedPictures()) {
            writeString(picture.stream(), out);
            out.writeInt(picture.range());
            out.writeLong(picture.index());
            writeString(picture.name(), out);
            writeString(picture.reason(), out);
        }
        writeString(stream.error(), out);
        out.writeLong(stream.labelledFrames());
        out.writeBoolean(stream.live() != null);
        if (stream.live() != null) {
            write(stream.live(), out);
        }
        out.writeBoolean(stream.heights() != null);
        if (stream.heights() != null) {
            write(stream.heights(), out);
        }
        out.writeBoolean(stream.masks() != null);
        if (stream.masks() != null) {
            write(stream.masks(), out);
        }
    }

    /** What later versions know of streams. */
    private static void writeNetworks(RunTotals totals, DataOutputView out) throws IOException {
        List<StreamTotals> told =
                totals.streams().stream()
                        .filter(stream -> stream.weights() != null || stream.shadow() != null)
                        .toList();
        out.writeInt(told.size());
        for (StreamTotals stream : told) {
            writeString(stream.stream(), out);
            List<WeightsSpan> spans = stream.weights() == null ? List.of() : stream.weights();
            out.writeInt(spans.size());
            for (WeightsSpan span : spans) {
                write(span, out);
            }
            out.writeBoolean(stream.shadow() != null);
            if (stream.shadow() != null) {
                write(stream.shadow(), out);
            }
        }
    }

    private static void readNetworks(RunTotals totals, DataInputView in) throws IOException {
        for (int i = in.readInt(); i > 0; i--) {
            totals.tell(readString(in), readSpans(in), in.readBoolean() ? readShadow(in) : null);
        }
    }

    private static void write(ShadowCounts shadow, DataOutputView out) throws IOException {
        out.writeLong(shadow.frames());
        COUNTS.serialize(shadow.agreement(), out);
        out.writeLong(shadow.labelled());
        if (shadow.labelled() > 0) {
            COUNTS.serialize(shadow.first(), out);
            COUNTS.serialize(shadow.second(), out);
        }
    }

    private static ShadowCounts readShadow(DataInputView in) throws IOException {
        long frames = in.readLong();
        long[] agreement = COUNTS.deserialize(in);
        long labelled = in.readLong();
        return new ShadowCounts(
                frames,
                agreement,
                labelled,
                labelled > 0 ? COUNTS.deserialize(in) : null,
                labelled > 0 ? COUNTS.deserialize(in) : null);
    }

    private static void write(WeightsSpan span, DataOutputView out) throws IOException {
        out.writeInt(span.firstRange());
        out.writeInt(span.lastRange());
        out.writeLong(span.firstFrame());
        out.writeLong(span.lastFrame());
        out.writeLong(span.frames());
        out.writeBoolean(span.begins());
        out.writeBoolean(span.ended());
        writeString(span.sha256(), out);
    }

    private static List<WeightsSpan> readSpans(DataInputView in) throws IOException {
        List<WeightsSpan> spans = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            spans.add(
                    new WeightsSpan(
                            in.readInt(),
                            in.readInt(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readBoolean(),
                            in.readBoolean(),
                            readString(in)));
        }
        return spans.isEmpty() ? null : spans;
    }

    private static void write(MaskTotals masks, DataOutputView out) throws IOException {
        COUNTS.serialize(masks.counts(), out);
        out.writeLong(masks.windows());
        out.writeLong(masks.drifted());
        out.writeLong(masks.unstable());
        out.writeLong(masks.inconsistent());
        out.writeDouble(masks.mostDriftNats());
        out.writeDouble(masks.mostDriftSeconds());
        out.writeDouble(masks.leastStability());
        out.writeDouble(masks.leastStabilitySeconds());
        out.writeDouble(masks.leastConsistency());
        out.writeDouble(masks.leastConsistencySeconds());
        out.writeLong(masks.unsure());
        out.writeLong(masks.lumaDrifted());
        out.writeLong(masks.unusuallySharp());
    }

    private static MaskTotals readMasks(DataInputView in, int version) throws IOException {
        return new MaskTotals(
                COUNTS.deserialize(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                version > 7 ? in.readLong() : 0,
                version > 9 ? in.readLong() : 0,
                version > 9 ? in.readLong() : 0);
    }

    private static void write(InputHeights heights, DataOutputView out) throws IOException {
        out.writeInt(heights.last());
        out.writeLong(heights.changes());
        out.writeInt(heights.frames().size());
        for (Map.Entry<Integer, Long> frames : heights.frames().entrySet()) {
            out.writeInt(frames.getKey());
            out.writeLong(frames.getValue());
        }
    }

    private static InputHeights readHeights(DataInputView in) throws IOException {
        int last = in.readInt();
        long changes = in.readLong();
        Map<Integer, Long> frames = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            frames.put(in.readInt(), in.readLong());
        }
        return new InputHeights(last, changes, frames);
    }

    private static void write(LiveProgress live, DataOutputView out) throws IOException {
        writeString(live.stream(), out);
        out.writeInt(live.range());
        out.writeLong(live.reachedMicros());
        out.writeLong(live.decoded());
        out.writeLong(live.dropped());
        out.writeLong(live.skipped());
        out.writeLong(live.lagMicros());
        out.writeLong(live.reconnects());
        out.writeLong(live.gaps());
        out.writeLong(live.gapMicros());
        writeString(live.lastError(), out);
    }

    private static LiveProgress readLive(DataInputView in) throws IOException {
        return new LiveProgress(
                readString(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readString(in));
    }

    private static StreamTotals readStream(DataInputView in, int version) throws IOException {
        return new StreamTotals(
                readString(in),
                readString(in),
                in.readLong(),
                in.readLong(),
                readPictures(in),
                readString(in),
                in.readLong(),
                null,
                version > 4 && in.readBoolean() ? readLive(in) : null,
                version > 5 && in.readBoolean() ? readHeights(in) : null,
                version > 6 && in.readBoolean() ? readMasks(in, version) : null);
    }

    private static List<SkippedPicture> readPictures(DataInputView in) throws IOException {
        List<SkippedPicture> pictures = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            pictures.add(
                    new SkippedPicture(
                            readString(in),
                            in.readInt(),
                            in.readLong(),
                            readString(in),
                            readString(in)));
        }
        return pictures;
    }

    private static void write(NetworkInfo network, DataOutputView out) throws IOException {
        writeString(network.model(), out);
        writeString(network.scale(), out);
        writeString(network.engine(), out);
        writeString(network.device(), out);
        writeString(network.precision(), out);
        out.writeInt(network.workers());
        out.writeInt(network.threads());
        writeString(network.weightsFile(), out);
        writeString(network.weightsSha256(), out);
    }

    private static List<NetworkInfo> readNetworks(DataInputView in) throws IOException {
        List<NetworkInfo> networks = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            networks.add(readNetwork(in));
        }
        return networks;
    }

    private static NetworkInfo readNetwork(DataInputView in) throws IOException {
        return new NetworkInfo(
                readString(in),
                readString(in),
                readString(in),
                readString(in),
                readString(in),
                in.readInt(),
                in.readInt(),
                readString(in),
                readString(in));
    }
}
