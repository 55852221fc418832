// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

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

/**
 * State of the committer in a checkpoint.
 *
 * @param startedMillis when the run began, by the clock of the output's file system
 * @param staging names of the staging folders to remove at the end
 * @param published streams that were published before the checkpoint was taken, and whose segments
 *     are needed no more when it is complete
 * @param manifests by stream: the first segments of streams that were not published when the
 *     checkpoint was taken
 * @param committables of such streams, which stand in no manifest
 */
record CommitterState(
        long startedMillis,
        Set<String> staging,
        List<String> published,
        Map<String, Manifest> manifests,
        List<Committable> committables) {

    CommitterState {
        staging = new LinkedHashSet<>(staging);
        published = List.copyOf(published);
        manifests = new LinkedHashMap<>(manifests);
        committables = List.copyOf(committables);
    }

    /**
     * Serializer of the state. Version 1 did not know when the run began, 1 and 2 neither manifests
     * nor published streams.
     */
    static final class Serializer implements SimpleVersionedSerializer<CommitterState> {

        private static final int VERSION = 3;

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
            out.writeInt(state.published().size());
            for (String stream : state.published()) {
                out.writeUTF(stream);
            }
            out.writeInt(state.manifests().size());
            for (Map.Entry<String, Manifest> manifest : state.manifests().entrySet()) {
                out.writeUTF(manifest.getKey());
                manifest.getValue().write(out);
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
                                + " cannot be read; 1 to 3 are known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            // Version 1 took whatever video had the name for one of its run, as 0 does.
            long startedMillis = version == 1 ? 0 : in.readLong();
            Set<String> staging = new LinkedHashSet<>(readNames(in));
            List<String> published = version < 3 ? List.of() : readNames(in);
            Map<String, Manifest> manifests = version < 3 ? Map.of() : readManifests(in);
            List<Committable> committables = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                committables.add(CommittableSerializer.read(in));
            }
            return new CommitterState(startedMillis, staging, published, manifests, committables);
        }

        private static List<String> readNames(DataInputView in) throws IOException {
            List<String> names = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                names.add(in.readUTF());
            }
            return names;
        }

        private static Map<String, Manifest> readManifests(DataInputView in) throws IOException {
            Map<String, Manifest> manifests = new LinkedHashMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                manifests.put(in.readUTF(), Manifest.read(in));
            }
            return manifests;
        }
    }
}
