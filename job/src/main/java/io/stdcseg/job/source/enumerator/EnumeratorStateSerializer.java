// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStreamSerializer;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.source.split.VideoSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Serializer of the enumerator's state, for checkpoints. A stream is written once, however many of
 * its ranges wait.
 */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int VERSION = 2;

    private final PlannedStreamSerializer streams = new PlannedStreamSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        Map<PlannedStream, Integer> streams = new LinkedHashMap<>();
        for (VideoSplit split : state.unassigned()) {
            streams.putIfAbsent(split.stream(), streams.size());
        }
        out.writeInt(streams.size());
        for (PlannedStream stream : streams.keySet()) {
            VideoSplitSerializer.writeStream(stream, out);
        }
        out.writeInt(state.unassigned().size());
        for (VideoSplit split : state.unassigned()) {
            out.writeInt(streams.get(split.stream()));
            VideoSplitSerializer.writeRange(split, out);
        }
        out.writeInt(state.uncut().size());
        for (PlannedStream stream : state.uncut()) {
            SimpleVersionedSerialization.writeVersionAndSerialize(streams, stream, out);
        }
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version != VERSION) {
            throw new IOException(
                    "enumerator state of version "
                            + version
                            + " cannot be read; version 2 is known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        List<PlannedStream> streams = readStreams(in);
        List<VideoSplit> unassigned = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            unassigned.add(VideoSplitSerializer.readRange(streams.get(in.readInt()), in));
        }
        return new EnumeratorState(unassigned, readStreams(in));
    }

    private static List<PlannedStream> readStreams(DataInputView in) throws IOException {
        List<PlannedStream> streams = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            streams.add(VideoSplitSerializer.readStream(in));
        }
        return streams;
    }
}
