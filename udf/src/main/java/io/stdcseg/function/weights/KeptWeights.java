// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Weights that a job runs with or is to take up, as a checkpoint names them. The copy is there for
 * as long as a checkpoint may ask for it, whatever becomes of the user's file.
 *
 * @param copy path of the job's own copy, which nobody changes; null of those of the project
 * @param file as the user named it
 * @param sha256 of its bytes, in hexadecimal
 */
public record KeptWeights(String copy, String file, String sha256) implements Serializable {

    private static final int SHOWN_DIGITS = 12;

    /** As lines name them: the user's file, and the first digits of what it holds. */
    @Override
    public String toString() {
        return file + " (" + sha256.substring(0, Math.min(SHOWN_DIGITS, sha256.length())) + ")";
    }

    /** Serializer for checkpoints. */
    public static final class Serializer implements SimpleVersionedSerializer<KeptWeights> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(KeptWeights weights) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            out.writeBoolean(weights.copy != null);
            if (weights.copy != null) {
                out.writeUTF(weights.copy);
            }
            out.writeUTF(weights.file);
            out.writeUTF(weights.sha256);
            return out.getCopyOfBuffer();
        }

        @Override
        public KeptWeights deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "weights of version " + version + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            return new KeptWeights(
                    in.readBoolean() ? in.readUTF() : null, in.readUTF(), in.readUTF());
        }
    }
}
