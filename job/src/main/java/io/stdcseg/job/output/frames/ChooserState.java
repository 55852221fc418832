// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import static org.apache.flink.types.StringValue.readString;
import static org.apache.flink.types.StringValue.writeString;

import io.stdcseg.frame.FrameQuality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * State of the chooser of frames in a checkpoint; grows with the number of streams, not with their
 * length.
 *
 * @param level width of its buckets
 * @param frames one of each
 * @param unneeded files that no frame of the checkpoint has, and that may still be there
 * @param ended names of streams that came to their ends
 * @param staging folders that frames' files were written to
 */
record ChooserState(
        int level,
        List<KeptFrame> frames,
        List<String> unneeded,
        Set<String> ended,
        Set<String> staging) {

    ChooserState {
        frames = List.copyOf(frames);
        unneeded = List.copyOf(unneeded);
        ended = Set.copyOf(ended);
        staging = Set.copyOf(staging);
    }

    /** Serializer of the state. */
    static final class Serializer implements SimpleVersionedSerializer<ChooserState> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(ChooserState state) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(4096);
            out.writeInt(state.level());
            out.writeInt(state.frames().size());
            for (KeptFrame frame : state.frames()) {
                write(frame, out);
            }
            write(state.unneeded(), out);
            write(state.ended(), out);
            write(state.staging(), out);
            return out.getCopyOfBuffer();
        }

        @Override
        public ChooserState deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "kept frames' state of version "
                                + version
                                + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            int level = in.readInt();
            List<KeptFrame> frames = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                frames.add(readFrame(in));
            }
            List<String> unneeded = readTexts(in);
            Set<String> ended = new HashSet<>(readTexts(in));
            return new ChooserState(level, frames, unneeded, ended, new HashSet<>(readTexts(in)));
        }

        private static void write(KeptFrame frame, DataOutputSerializer out) throws IOException {
            writeString(frame.stream(), out);
            out.writeLong(frame.index());
            out.writeLong(frame.timeNanos());
            writeString(frame.name(), out);
            FrameQuality quality = frame.quality();
            out.writeDouble(quality.miou());
            out.writeDouble(quality.pixelAccuracy());
            out.writeDouble(quality.stability());
            out.writeDouble(quality.temporalConsistency());
            out.writeDouble(quality.uncertainShare());
            writeString(frame.image(), out);
            writeString(frame.label(), out);
        }

        private static KeptFrame readFrame(DataInputDeserializer in) throws IOException {
            return new KeptFrame(
                    readString(in),
                    in.readLong(),
                    in.readLong(),
                    readString(in),
                    new FrameQuality(
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble(),
                            in.readDouble()),
                    readString(in),
                    readString(in));
        }

        private static void write(Collection<String> texts, DataOutputSerializer out)
                throws IOException {
            out.writeInt(texts.size());
            for (String text : texts) {
                writeString(text, out);
            }
        }

        private static List<String> readTexts(DataInputDeserializer in) throws IOException {
            List<String> texts = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                texts.add(readString(in));
            }
            return texts;
        }
    }
}
