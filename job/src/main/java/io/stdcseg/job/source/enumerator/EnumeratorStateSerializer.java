// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.PlannedStreamSerializer;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.source.split.VideoSplitSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerialization;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Serializer of the enumerator's state, for checkpoints. */
public final class EnumeratorStateSerializer implements SimpleVersionedSerializer<EnumeratorState> {

    private static final int VERSION = 2;

    private final VideoSplitSerializer splits = new VideoSplitSerializer();
    private final PlannedStreamSerializer streams = new PlannedStreamSerializer();

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(EnumeratorState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        out.writeInt(state.unassigned().size());
        for (VideoSplit split : state.unassigned()) {
            SimpleVersionedSerialization.writeVersionAndSerialize(splits, split, out);
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
        int count = in.readInt();
        List<VideoSplit> unassigned = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            unassigned.add(SimpleVersionedSerialization.readVersionAndDeSerialize(splits, in));
        }
        List<PlannedStream> uncut = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            uncut.add(SimpleVersionedSerialization.readVersionAndDeSerialize(streams, in));
        }
        return new EnumeratorState(unassigned, uncut);
    }
}
