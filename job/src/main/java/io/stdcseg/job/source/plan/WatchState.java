// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * State of a watch in a checkpoint: what it has taken up, so that a restart does not do so again.
 * What has gone meanwhile stays in it: a drive that is away for a moment looks empty, too.
 *
 * @param paths of files and folders that were taken up
 * @param names of the job's streams, in lower case
 */
public record WatchState(Set<String> paths, Set<String> names) {

    /** Nothing was taken up yet. */
    public static final WatchState EMPTY = new WatchState(Set.of(), Set.of());

    public WatchState {
        paths = Set.copyOf(paths);
        names = Set.copyOf(names);
    }

    /** Serializer of the state: sorted and compressed, as there may be many that are alike. */
    public static final class Serializer implements SimpleVersionedSerializer<WatchState> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(WatchState state) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
                write(state.paths(), out);
                write(state.names(), out);
            }
            return bytes.toByteArray();
        }

        @Override
        public WatchState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "watch state of version "
                                + version
                                + " cannot be read; version 1 is known");
            }
            try (DataInputStream in =
                    new DataInputStream(
                            new InflaterInputStream(new ByteArrayInputStream(serialized)))) {
                return new WatchState(read(in), read(in));
            }
        }

        private static void write(Set<String> texts, DataOutputStream out) throws IOException {
            out.writeInt(texts.size());
            for (String text : new TreeSet<>(texts)) {
                out.writeUTF(text);
            }
        }

        private static Set<String> read(DataInputStream in) throws IOException {
            Set<String> texts = new HashSet<>();
            for (int i = in.readInt(); i > 0; i--) {
                texts.add(in.readUTF());
            }
            return texts;
        }
    }
}
