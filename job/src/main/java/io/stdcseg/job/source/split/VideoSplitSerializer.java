// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStream.StreamKind;
import io.stdcseg.video.decode.VideoRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of splits, for checkpoints and for the way to their readers. */
public final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    private static final int VERSION = 2;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        writeStream(split.stream(), out);
        out.writeInt(split.range());
        out.writeInt(split.ranges());
        writeExtent(split.extent(), out);
        SplitProgress progress = split.progress();
        out.writeLong(progress.nextPicture());
        out.writeLong(progress.frames());
        out.writeLong(progress.skipped());
        out.writeBoolean(progress.ended());
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "split of version " + version + " cannot be read; version 2 is known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        return new VideoSplit(
                readStream(in),
                in.readInt(),
                in.readInt(),
                readExtent(in),
                new SplitProgress(in.readLong(), in.readLong(), in.readLong(), in.readBoolean()));
    }

    private static void writeExtent(VideoRange extent, DataOutputView out) throws IOException {
        out.writeLong(extent.keyPts());
        out.writeLong(extent.startPts());
        out.writeLong(extent.endPts());
        out.writeLong(extent.firstPicture());
        out.writeLong(extent.pictures());
    }

    private static VideoRange readExtent(DataInputView in) throws IOException {
        return new VideoRange(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    /** Writes a stream, as a part of a state that has a version. */
    public static void writeStream(PlannedStream stream, DataOutputView out) throws IOException {
        out.writeUTF(stream.name());
        out.writeUTF(stream.source());
        out.writeUTF(stream.kind().name());
        out.writeUTF(stream.path());
        out.writeInt(stream.pictures().size());
        for (String picture : stream.pictures()) {
            out.writeUTF(picture);
        }
        out.writeBoolean(stream.error() != null);
        if (stream.error() != null) {
            out.writeUTF(stream.error());
        }
    }

    /** Reads what {@link #writeStream} wrote. */
    public static PlannedStream readStream(DataInputView in) throws IOException {
        String name = in.readUTF();
        String source = in.readUTF();
        StreamKind kind = StreamKind.valueOf(in.readUTF());
        String path = in.readUTF();
        int count = in.readInt();
        List<String> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(in.readUTF());
        }
        return new PlannedStream(
                name, source, kind, path, pictures, in.readBoolean() ? in.readUTF() : null);
    }
}
