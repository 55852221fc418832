// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * State of a writer of lines in a checkpoint.
 *
 * @param next number of the first file that the checkpoint does not cover
 * @param finished names of the files that it covers and that may not have been published
 */
record LinesState(long next, List<String> finished) {

    LinesState {
        finished = List.copyOf(finished);
    }

    /** Serializer of the state. */
    static final class Serializer implements SimpleVersionedSerializer<LinesState> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(LinesState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            out.writeLong(state.next());
            out.writeInt(state.finished().size());
            for (String name : state.finished()) {
                out.writeUTF(name);
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public LinesState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "lines' state of version "
                                + version
                                + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            long next = in.readLong();
            List<String> finished = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                finished.add(in.readUTF());
            }
            return new LinesState(next, finished);
        }
    }
}
