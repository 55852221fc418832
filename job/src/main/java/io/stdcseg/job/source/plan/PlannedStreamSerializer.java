// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of planned streams, for checkpoints and for the way to their readers. */
public final class PlannedStreamSerializer implements SimpleVersionedSerializer<PlannedStream> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(PlannedStream stream) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeUTF(stream.name());
        out.writeUTF(stream.source());
        out.writeUTF(stream.kind().name());
        out.writeUTF(stream.path());
        out.writeInt(stream.pictures().size());
        for (String picture : stream.pictures()) {
            out.writeUTF(picture);
        }
        out.writeBoolean(stream.timing() != null);
        if (stream.timing() != null) {
            writeTiming(stream.timing(), out);
        }
        out.writeBoolean(stream.error() != null);
        if (stream.error() != null) {
            out.writeUTF(stream.error());
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public PlannedStream deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "stream of version " + version + " cannot be read; version 1 is known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        String name = in.readUTF();
        String source = in.readUTF();
        StreamKind kind = StreamKind.valueOf(in.readUTF());
        String path = in.readUTF();
        int count = in.readInt();
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(in.readUTF());
        }
        PictureTiming timing = in.readBoolean() ? readTiming(in) : null;
        String error = in.readBoolean() ? in.readUTF() : null;
        return new PlannedStream(name, source, kind, path, pictures, timing, error);
    }

    private static void writeTiming(PictureTiming timing, DataOutputView out) throws IOException {
        out.writeInt(timing.rate().numerator());
        out.writeInt(timing.rate().denominator());
        out.writeInt(timing.ticks().size());
        for (long tick : timing.ticks()) {
            out.writeLong(tick);
        }
    }

    private static PictureTiming readTiming(DataInputView in) throws IOException {
        Rational rate = new Rational(in.readInt(), in.readInt());
        int count = in.readInt();
        List<Long> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ticks.add(in.readLong());
        }
        return new PictureTiming(rate, ticks);
    }
}
