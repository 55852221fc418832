// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * State of {@link RunningCommitter} in a checkpoint.
 *
 * @param staging names of the staging folders to remove at the end
 * @param unneeded files and folders, below the output folder, that are needed no more when the
 *     checkpoint is complete
 * @param uncommitted what the checkpoint is the first to cover
 * @param streams by name: where they stand
 */
record RunningState(
        Set<String> staging,
        List<String> unneeded,
        List<Committable> uncommitted,
        Map<String, byte[]> streams) {

    RunningState {
        staging = new LinkedHashSet<>(staging);
        unneeded = List.copyOf(unneeded);
        uncommitted = List.copyOf(uncommitted);
        streams = new LinkedHashMap<>(streams);
    }

    /** Serializer of the state. */
    static final class Serializer implements SimpleVersionedSerializer<RunningState> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(RunningState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(1024);
            writeNames(state.staging(), out);
            writeNames(state.unneeded(), out);
            out.writeInt(state.uncommitted().size());
            for (Committable committable : state.uncommitted()) {
                CommittableSerializer.write(committable, out);
            }
            out.writeInt(state.streams().size());
            for (Map.Entry<String, byte[]> stream : state.streams().entrySet()) {
                out.writeUTF(stream.getKey());
                out.writeInt(stream.getValue().length);
                out.write(stream.getValue());
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public RunningState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "state of playlists of version "
                                + version
                                + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            Set<String> staging = new LinkedHashSet<>(readNames(in));
            List<String> unneeded = readNames(in);
            List<Committable> uncommitted = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                uncommitted.add(CommittableSerializer.read(in));
            }
            Map<String, byte[]> streams = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                String name = in.readUTF();
                byte[] stream = new byte[in.readInt()];
                in.readFully(stream);
                streams.put(name, stream);
            }
            return new RunningState(staging, unneeded, uncommitted, streams);
        }

        private static void writeNames(Iterable<String> names, DataOutputView out)
                throws IOException {
            List<String> all = new ArrayList<>();
            names.forEach(all::add);
            out.writeInt(all.size());
            for (String name : all) {
                out.writeUTF(name);
            }
        }

        private static List<String> readNames(DataInputView in) throws IOException {
            List<String> names = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                names.add(in.readUTF());
            }
            return names;
        }
    }
}
