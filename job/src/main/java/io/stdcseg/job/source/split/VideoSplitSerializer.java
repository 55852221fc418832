// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStreamSerializer;
import io.stdcseg.video.decode.VideoRange;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of splits, for checkpoints and for the way to their readers. */
public final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    private static final int VERSION = 2;

    private final PlannedStreamSerializer streams = new PlannedStreamSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(VideoSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        SimpleVersionedSerialization.writeVersionAndSerialize(streams, split.stream(), out);
        writeRange(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public VideoSplit deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "split of version " + version + " cannot be read; version 2 is known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        return readRange(SimpleVersionedSerialization.readVersionAndDeSerialize(streams, in), in);
    }

    /** Writes all of a split but its stream, as a part of a state that has a version. */
    public static void writeRange(VideoSplit split, DataOutputView out) throws IOException {
        out.writeInt(split.range());
        out.writeInt(split.ranges());
        writeExtent(split.extent(), out);
        SplitProgress progress = split.progress();
        out.writeLong(progress.nextPicture());
        out.writeLong(progress.frames());
        out.writeLong(progress.skipped());
        out.writeBoolean(progress.ended());
    }

    /** Reads what {@link #writeRange} wrote. */
    public static VideoSplit readRange(PlannedStream stream, DataInputView in) throws IOException {
        return new VideoSplit(
                stream,
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
}
