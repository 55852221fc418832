// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Writes segments for the way to the committer and for its checkpoints. */
public final class SegmentSerializer implements SimpleVersionedSerializer<Segment> {

    private static final int VERSION = 1;
    private static final int PIECE = 0;
    private static final int RANGE_DONE = 1;
    private static final int STREAM_DONE = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Segment segment) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        write(segment, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public Segment deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "segment of version " + version + " cannot be read; version 1 is known");
        }
        return read(new DataInputDeserializer(serialized));
    }

    static void write(Segment segment, DataOutputView out) throws IOException {
        if (segment instanceof Segment.Piece piece) {
            out.writeByte(PIECE);
            out.writeInt(piece.range());
            out.writeLong(piece.firstFrame());
            out.writeUTF(piece.file());
            out.writeLong(piece.frames());
            out.writeLong(piece.firstPts());
            out.writeLong(piece.lastPts());
            out.writeLong(piece.endPts());
            writeInfo(piece.info(), out);
            out.writeBoolean(piece.audio());
        } else if (segment instanceof Segment.RangeDone done) {
            out.writeByte(RANGE_DONE);
            out.writeUTF(done.stream());
            out.writeInt(done.range());
            out.writeLong(done.frames());
        } else if (segment instanceof Segment.StreamDone done) {
            out.writeByte(STREAM_DONE);
            out.writeUTF(done.stream());
            out.writeInt(done.ranges());
            out.writeBoolean(done.error() != null);
            if (done.error() != null) {
                out.writeUTF(done.error());
            }
        }
    }

    static Segment read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case PIECE ->
                    new Segment.Piece(
                            in.readInt(),
                            in.readLong(),
                            in.readUTF(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            in.readLong(),
                            readInfo(in),
                            in.readBoolean());
            case RANGE_DONE -> new Segment.RangeDone(in.readUTF(), in.readInt(), in.readLong());
            case STREAM_DONE ->
                    new Segment.StreamDone(
                            in.readUTF(), in.readInt(), in.readBoolean() ? in.readUTF() : null);
            default -> throw new IOException("segment of kind " + kind + "; 0 to 2 are known");
        };
    }

    private static void writeInfo(StreamInfo info, DataOutputView out) throws IOException {
        out.writeUTF(info.name());
        out.writeUTF(info.source());
        out.writeInt(info.width());
        out.writeInt(info.height());
        out.writeInt(info.rotation());
        writeRational(info.timeBase(), out);
        writeRational(info.frameRate(), out);
        writeRational(info.pixelAspect(), out);
        out.writeInt(info.color().primaries());
        out.writeInt(info.color().transfer());
        out.writeInt(info.color().matrix());
        out.writeBoolean(info.color().fullRange());
    }

    private static StreamInfo readInfo(DataInputView in) throws IOException {
        return new StreamInfo(
                in.readUTF(),
                in.readUTF(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                readRational(in),
                readRational(in),
                readRational(in),
                new ColorMetadata(in.readInt(), in.readInt(), in.readInt(), in.readBoolean()));
    }

    private static void writeRational(Rational value, DataOutputView out) throws IOException {
        out.writeInt(value.numerator());
        out.writeInt(value.denominator());
    }

    private static Rational readRational(DataInputView in) throws IOException {
        return new Rational(in.readInt(), in.readInt());
    }
}
