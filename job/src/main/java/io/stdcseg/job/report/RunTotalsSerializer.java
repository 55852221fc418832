// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.metric.ConfusionMatrix;
import io.stdcseg.metric.LatencyHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes a run's totals for checkpoints. Version 1 knew one network. */
final class RunTotalsSerializer implements SimpleVersionedSerializer<RunTotals> {

    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(RunTotals totals) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        writeLongs(totals.latencies().toLongs(), out);
        totals.scores().write(out);
        totals.throughput().write(out);
        out.writeLong(totals.span().first());
        out.writeLong(totals.span().last());
        writeLongs(totals.confusion() == null ? null : totals.confusion().toLongs(), out);
        out.writeInt(totals.networks().size());
        for (NetworkInfo network : totals.networks()) {
            write(network, out);
        }
        out.writeInt(totals.streams().size());
        for (StreamTotals stream : totals.streams()) {
            write(stream, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public RunTotals deserialize(int version, byte[] serialized) throws IOException {
        if (version < 1 || version > VERSION) {
            throw new IOException(
                    "totals of version " + version + " cannot be read; 1 and 2 are known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        LatencyHistogram latencies = LatencyHistogram.fromLongs(readLongs(in));
        CurveHistory scores = CurveHistory.read(in);
        CurveHistory throughput = CurveHistory.read(in);
        RunTotals.Span span = new RunTotals.Span(in.readLong(), in.readLong());
        long[] counts = readLongs(in);
        RunTotals totals =
                new RunTotals(
                        latencies,
                        scores,
                        throughput,
                        span,
                        counts == null ? null : ConfusionMatrix.fromLongs(counts),
                        readNetworks(version, in));
        for (int i = in.readInt(); i > 0; i--) {
            totals.addCounted(readStream(in));
        }
        return totals;
    }

    private static void write(StreamTotals stream, DataOutputView out) throws IOException {
        out.writeUTF(stream.stream());
        writeText(stream.source(), out);
        out.writeLong(stream.frames());
        out.writeLong(stream.skipped());
        out.writeInt(stream.skippedPictures().size());
        for (SkippedPicture picture : stream.skippedPictures()) {
            out.writeUTF(picture.stream());
            out.writeInt(picture.range());
            out.writeLong(picture.index());
            writeText(picture.name(), out);
            writeText(picture.reason(), out);
        }
        writeText(stream.error(), out);
        out.writeLong(stream.labelledFrames());
    }

    private static StreamTotals readStream(DataInputView in) throws IOException {
        return new StreamTotals(
                in.readUTF(),
                readText(in),
                in.readLong(),
                in.readLong(),
                readPictures(in),
                readText(in),
                in.readLong(),
                null);
    }

    private static List<SkippedPicture> readPictures(DataInputView in) throws IOException {
        List<SkippedPicture> pictures = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            pictures.add(
                    new SkippedPicture(
                            in.readUTF(), in.readInt(), in.readLong(), readText(in), readText(in)));
        }
        return pictures;
    }

    private static void write(NetworkInfo network, DataOutputView out) throws IOException {
        writeText(network.model(), out);
        writeText(network.scale(), out);
        writeText(network.engine(), out);
        writeText(network.device(), out);
        writeText(network.precision(), out);
        out.writeInt(network.workers());
        out.writeInt(network.threads());
        writeText(network.weightsFile(), out);
        writeText(network.weightsSha256(), out);
    }

    private static List<NetworkInfo> readNetworks(int version, DataInputView in)
            throws IOException {
        List<NetworkInfo> networks = new ArrayList<>();
        int count = version == 1 ? (in.readBoolean() ? 1 : 0) : in.readInt();
        for (int i = 0; i < count; i++) {
            networks.add(readNetwork(in));
        }
        return networks;
    }

    private static NetworkInfo readNetwork(DataInputView in) throws IOException {
        return new NetworkInfo(
                readText(in),
                readText(in),
                readText(in),
                readText(in),
                readText(in),
                in.readInt(),
                in.readInt(),
                readText(in),
                readText(in));
    }

    /** Text of any length, or null. */
    private static void writeText(String text, DataOutputView out) throws IOException {
        byte[] bytes = text == null ? null : text.getBytes(UTF_8);
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static String readText(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, UTF_8);
    }

    private static void writeLongs(long[] longs, DataOutputView out) throws IOException {
        out.writeInt(longs == null ? -1 : longs.length);
        if (longs != null) {
            for (long value : longs) {
                out.writeLong(value);
            }
        }
    }

    private static long[] readLongs(DataInputView in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            return null;
        }
        long[] longs = new long[length];
        for (int i = 0; i < length; i++) {
            longs[i] = in.readLong();
        }
        return longs;
    }
}
