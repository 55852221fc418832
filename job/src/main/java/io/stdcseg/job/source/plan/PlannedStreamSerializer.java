// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Serializer of planned streams, for checkpoints and for the way to their readers.
 *
 * <p>The pictures of a stream are compressed: a checkpoint holds all of those being read, and what
 * a reader is sent may have 10 MB.
 */
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
        byte[] pictures = pack(stream);
        out.writeInt(pictures.length);
        out.write(pictures);
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
        byte[] packed = new byte[in.readInt()];
        in.readFully(packed);
        String error = in.readBoolean() ? in.readUTF() : null;
        return unpack(packed, name, source, kind, path, error);
    }

    private static byte[] pack(PlannedStream stream) throws IOException {
        Deflater fast = new Deflater(Deflater.BEST_SPEED);
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out =
                    new DataOutputStream(
                            new BufferedOutputStream(new DeflaterOutputStream(bytes, fast)))) {
                out.writeInt(stream.pictures().size());
                for (String picture : stream.pictures()) {
                    out.writeUTF(picture);
                }
                out.writeBoolean(stream.timing() != null);
                if (stream.timing() != null) {
                    writeTiming(stream.timing(), out);
                }
            }
            return bytes.toByteArray();
        } finally {
            fast.end();
        }
    }

    private static PlannedStream unpack(
            byte[] packed, String name, String source, StreamKind kind, String path, String error)
            throws IOException {
        try (DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(
                                new InflaterInputStream(new ByteArrayInputStream(packed))))) {
            int count = in.readInt();
            List<String> pictures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                pictures.add(in.readUTF());
            }
            PictureTiming timing = in.readBoolean() ? readTiming(in) : null;
            return new PlannedStream(name, source, kind, path, pictures, timing, error);
        }
    }

    /** Ticks as the steps between them, which are mostly alike. */
    private static void writeTiming(PictureTiming timing, DataOutputStream out) throws IOException {
        out.writeInt(timing.rate().numerator());
        out.writeInt(timing.rate().denominator());
        out.writeInt(timing.ticks().size());
        long last = 0;
        for (long tick : timing.ticks()) {
            out.writeLong(tick - last);
            last = tick;
        }
    }

    private static PictureTiming readTiming(DataInputStream in) throws IOException {
        Rational rate = new Rational(in.readInt(), in.readInt());
        int count = in.readInt();
        List<Long> ticks = new ArrayList<>(count);
        long last = 0;
        for (int i = 0; i < count; i++) {
            last += in.readLong();
            ticks.add(last);
        }
        return new PictureTiming(rate, ticks);
    }
}
