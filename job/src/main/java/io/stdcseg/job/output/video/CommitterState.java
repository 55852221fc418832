// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * State of the committer in a checkpoint.
 *
 * @param startedMillis when the run began, by the clock of the output's file system
 * @param staging names of the staging folders to remove at the end
 * @param committables of streams that were not published when the checkpoint was taken
 */
record CommitterState(long startedMillis, Set<String> staging, List<Committable> committables) {

    CommitterState {
        staging = new LinkedHashSet<>(staging);
        committables = List.copyOf(committables);
    }

    /** Serializer of the state. Version 1 did not know when the run began. */
    static final class Serializer implements SimpleVersionedSerializer<CommitterState> {

        private static final int VERSION = 2;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(CommitterState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(1024);
            out.writeLong(state.startedMillis());
            out.writeInt(state.staging().size());
            for (String name : state.staging()) {
                out.writeUTF(name);
            }
            out.writeInt(state.committables().size());
            for (Committable committable : state.committables()) {
                CommittableSerializer.write(committable, out);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public CommitterState deserialize(int version, byte[] serialized) throws IOException {
            if (version < 1 || version > VERSION) {
                throw new IOException(
                        "committer state of version "
                                + version
                                + " cannot be read; 1 and 2 are known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            // Version 1 took whatever video had the name for one of its run, as 0 does.
            long startedMillis = version == 1 ? 0 : in.readLong();
            Set<String> staging = new LinkedHashSet<>();
            for (int i = in.readInt(); i > 0; i--) {
                staging.add(in.readUTF());
            }
            List<Committable> committables = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                committables.add(CommittableSerializer.read(in));
            }
            return new CommitterState(startedMillis, staging, committables);
        }
    }
}
