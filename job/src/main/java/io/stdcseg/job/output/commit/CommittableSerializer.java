// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import io.stdcseg.frame.OpaqueTypeInfo;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of committables, for the way to the committer and for its checkpoints. */
public final class CommittableSerializer extends TypeSerializerSingleton<Committable> {

    public static final CommittableSerializer INSTANCE = new CommittableSerializer();

    /** Tells Flink that committables are serialized so. */
    public static final TypeInformation<Committable> TYPE =
            new OpaqueTypeInfo<>(Committable.class, INSTANCE) {};

    /** As it was written once. Its step is not known, but what it is in the mean. */
    private static final int SEGMENT_WITHOUT_STEP = 0;

    private static final int RANGE_DONE = 1;
    private static final int STREAM_DONE = 2;

    /** As it was written before weights could change. */
    private static final int SEGMENT_WITHOUT_WEIGHTS = 3;

    private static final int SEGMENT = 4;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Committable createInstance() {
        return new Committable.RangeDone("", 0, 0);
    }

    @Override
    public Committable copy(Committable from) {
        return from;
    }

    @Override
    public Committable copy(Committable from, Committable reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Committable committable, DataOutputView target) throws IOException {
        write(committable, target);
    }

    @Override
    public Committable deserialize(DataInputView source) throws IOException {
        return read(source);
    }

    @Override
    public Committable deserialize(Committable reuse, DataInputView source) throws IOException {
        return read(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        write(read(source), target);
    }

    @Override
    public TypeSerializerSnapshot<Committable> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Writes one. */
    public static void write(Committable committable, DataOutputView out) throws IOException {
        if (committable instanceof Committable.Segment segment) {
            out.writeByte(SEGMENT);
            out.writeInt(segment.range());
            out.writeLong(segment.firstFrame());
            out.writeUTF(segment.file());
            out.writeLong(segment.frames());
            out.writeLong(segment.firstPts());
            out.writeLong(segment.lastPts());
            out.writeLong(segment.endPts());
            out.writeLong(segment.step());
            writeInfo(segment.info(), out);
            out.writeBoolean(segment.audio());
            out.writeBoolean(segment.weights() != null);
            if (segment.weights() != null) {
                out.writeUTF(segment.weights());
            }
        } else if (committable instanceof Committable.RangeDone done) {
            out.writeByte(RANGE_DONE);
            out.writeUTF(done.stream());
            out.writeInt(done.range());
            out.writeLong(done.frames());
        } else if (committable instanceof Committable.StreamDone done) {
            out.writeByte(STREAM_DONE);
            out.writeUTF(done.stream());
            out.writeInt(done.ranges());
            out.writeBoolean(done.error() != null);
            if (done.error() != null) {
                out.writeUTF(done.error());
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Committable read(DataInputView in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case SEGMENT, SEGMENT_WITHOUT_WEIGHTS, SEGMENT_WITHOUT_STEP -> readSegment(in, kind);
            case RANGE_DONE -> new Committable.RangeDone(in.readUTF(), in.readInt(), in.readLong());
            case STREAM_DONE ->
                    new Committable.StreamDone(
                            in.readUTF(), in.readInt(), in.readBoolean() ? in.readUTF() : null);
            default -> throw new IOException("segment of kind " + kind + "; 0 to 4 are known");
        };
    }

    private static Committable.Segment readSegment(DataInputView in, int kind) throws IOException {
        int range = in.readInt();
        long firstFrame = in.readLong();
        String file = in.readUTF();
        long frames = in.readLong();
        long firstPts = in.readLong();
        long lastPts = in.readLong();
        long endPts = in.readLong();
        long step =
                kind != SEGMENT_WITHOUT_STEP
                        ? in.readLong()
                        : Math.max(
                                endPts - lastPts, (lastPts - firstPts) / Math.max(1, frames - 1));
        return new Committable.Segment(
                range,
                firstFrame,
                file,
                frames,
                firstPts,
                lastPts,
                endPts,
                step,
                readInfo(in),
                in.readBoolean(),
                kind == SEGMENT && in.readBoolean() ? in.readUTF() : null);
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

    /** Snapshot of the serializer, which has nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Committable> {

        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
