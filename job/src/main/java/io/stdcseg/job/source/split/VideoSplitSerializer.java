// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStreamSerializer;
import io.stdcseg.video.decode.VideoRange;
import io.stdcseg.video.live.LivePosition;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of splits, for checkpoints and for the way to their readers. Version 2 knew no live
 * streams.
 */
public final class VideoSplitSerializer implements SimpleVersionedSerializer<VideoSplit> {

    private static final int VERSION = 3;

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
        if (version < 2 || version > VERSION) {
            throw new IOException(
                    "split of version " + version + " cannot be read; 2 and 3 are known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        return readRange(
                SimpleVersionedSerialization.readVersionAndDeSerialize(streams, in),
                in,
                version > 2);
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
        writeLive(progress.live(), out);
    }

    /**
     * Reads what {@link #writeRange} wrote.
     *
     * @param live whether it was written when there were live streams
     */
    public static VideoSplit readRange(PlannedStream stream, DataInputView in, boolean live)
            throws IOException {
        return new VideoSplit(
                stream,
                in.readInt(),
                in.readInt(),
                readExtent(in),
                new SplitProgress(
                        in.readLong(),
                        in.readLong(),
                        in.readLong(),
                        in.readBoolean(),
                        live ? readLive(in) : null));
    }

    private static void writeLive(LivePosition live, DataOutputView out) throws IOException {
        out.writeBoolean(live != null);
        if (live != null) {
            out.writeLong(live.number());
            out.writeLong(live.decoded());
            out.writeLong(live.dropped());
            out.writeLong(live.skipped());
            out.writeLong(live.firstMicros());
            out.writeLong(live.lastMicros());
            out.writeLong(live.sourceMicros());
            out.writeLong(live.reconnects());
            out.writeLong(live.gaps());
            out.writeLong(live.gapMicros());
        }
    }

    private static LivePosition readLive(DataInputView in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return new LivePosition(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong());
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
