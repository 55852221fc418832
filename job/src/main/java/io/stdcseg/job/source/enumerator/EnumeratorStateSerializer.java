// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStreamSerializer;
import io.stdcseg.job.source.plan.WatchState;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.source.split.VideoSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializer of the enumerator's state, for checkpoints. A stream is written once, however many of
 * its ranges wait.
 */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int VERSION = 3;

    private final PlannedStreamSerializer streams = new PlannedStreamSerializer();
    private final WatchState.Serializer watches = new WatchState.Serializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        Map<PlannedStream, Integer> numbers = new LinkedHashMap<>();
        for (VideoSplit split : state.unassigned()) {
            numbers.putIfAbsent(split.stream(), numbers.size());
        }
        writeStreams(numbers.keySet(), out);
        out.writeInt(state.unassigned().size());
        for (VideoSplit split : state.unassigned()) {
            out.writeInt(numbers.get(split.stream()));
            VideoSplitSerializer.writeRange(split, out);
        }
        writeStreams(state.uncut(), out);
        SimpleVersionedSerialization.writeVersionAndSerialize(watches, state.watch(), out);
        return out.getCopyOfBuffer();
    }

    @Override
    public EnumeratorState deserialize(int version, byte[] serialized) throws IOException {
        if (version < 2 || version > VERSION) {
            throw new IOException(
                    "enumerator state of version "
                            + version
                            + " cannot be read; 2 and 3 are known");
        }
        DataInputDeserializer in = new DataInputDeserializer(serialized);
        List<PlannedStream> numbered = readStreams(in);
        List<VideoSplit> unassigned = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            unassigned.add(
                    VideoSplitSerializer.readRange(numbered.get(in.readInt()), in, version > 2));
        }
        return new EnumeratorState(
                unassigned,
                readStreams(in),
                SimpleVersionedSerialization.readVersionAndDeSerialize(watches, in));
    }

    private void writeStreams(Collection<PlannedStream> all, DataOutputView out)
            throws IOException {
        out.writeInt(all.size());
        for (PlannedStream stream : all) {
            SimpleVersionedSerialization.writeVersionAndSerialize(streams, stream, out);
        }
    }

    private List<PlannedStream> readStreams(DataInputView in) throws IOException {
        List<PlannedStream> all = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            all.add(SimpleVersionedSerialization.readVersionAndDeSerialize(streams, in));
        }
        return all;
    }
}
