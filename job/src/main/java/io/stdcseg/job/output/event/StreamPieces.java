// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.event;

import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.output.commit.SegmentOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Pieces of one stream that grow, and how many it had before. */
final class StreamPieces {

    private final String stream;
    private final SegmentOrder order;
    private final List<Piece> growing = new ArrayList<>();
    private int told;

    StreamPieces(String stream) {
        this(stream, new SegmentOrder(stream));
    }

    private StreamPieces(String stream, SegmentOrder order) {
        this.stream = stream;
        this.order = order;
    }

    String stream() {
        return stream;
    }

    /** Which segments come next. */
    SegmentOrder order() {
        return order;
    }

    /** How many pieces were told of. */
    int told() {
        return told;
    }

    /** Pieces that have begun, and were not told of. */
    List<Piece> growing() {
        return growing;
    }

    /** Whether a segment can only begin a piece. */
    boolean endsBefore(Committable.Segment next) {
        return growing.isEmpty() || !next.follows(last().last());
    }

    /** Begins a piece. */
    void begin(Committable.Segment first) {
        growing.add(Piece.of(first));
    }

    /** Adds a segment to the piece that grows. */
    void extend(Committable.Segment next) {
        Piece piece = growing.remove(growing.size() - 1);
        growing.add(piece.with(next));
    }

    /** The piece that grows. */
    Piece last() {
        return growing.get(growing.size() - 1);
    }

    /** Takes out the piece that grows, which is told of. */
    Piece take() {
        told++;
        return growing.remove(growing.size() - 1);
    }

    /**
     * Segments that follow each other in one file.
     *
     * @param frames how many they hold together
     * @param weights that made their masks, in order
     */
    record Piece(
            Committable.Segment first,
            Committable.Segment last,
            long frames,
            List<String> weights) {

        static Piece of(Committable.Segment segment) {
            return new Piece(
                    segment,
                    segment,
                    segment.frames(),
                    segment.weights() == null ? List.of() : List.of(segment.weights()));
        }

        Piece with(Committable.Segment next) {
            List<String> all = weights;
            if (next.weights() != null && !next.weights().equals(last.weights())) {
                all = new ArrayList<>(weights);
                all.add(next.weights());
            }
            return new Piece(first, next, frames + next.frames(), all);
        }
    }

    /** Serializer for checkpoints. */
    static final class Serializer implements SimpleVersionedSerializer<StreamPieces> {

        private static final int VERSION = 1;

        @Override
        public int getVersion() {
            return VERSION;
        }

        @Override
        public byte[] serialize(StreamPieces pieces) throws IOException {
            DataOutputSerializer out = new DataOutputSerializer(256);
            out.writeUTF(pieces.stream);
            pieces.order.write(out);
            out.writeInt(pieces.told);
            out.writeInt(pieces.growing.size());
            for (Piece piece : pieces.growing) {
                CommittableSerializer.write(piece.first(), out);
                CommittableSerializer.write(piece.last(), out);
                out.writeLong(piece.frames());
                out.writeInt(piece.weights().size());
                for (String weights : piece.weights()) {
                    out.writeUTF(weights);
                }
            }
            return out.getCopyOfBuffer();
        }

        @Override
        public StreamPieces deserialize(int version, byte[] serialized) throws IOException {
            if (version != VERSION) {
                throw new IOException(
                        "pieces of video of version "
                                + version
                                + " cannot be read; version 1 is known");
            }
            DataInputDeserializer in = new DataInputDeserializer(serialized);
            String stream = in.readUTF();
            StreamPieces pieces = new StreamPieces(stream, SegmentOrder.read(stream, in));
            pieces.told = in.readInt();
            for (int i = in.readInt(); i > 0; i--) {
                pieces.growing.add(
                        new Piece(
                                (Committable.Segment) CommittableSerializer.read(in),
                                (Committable.Segment) CommittableSerializer.read(in),
                                in.readLong(),
                                readWeights(in)));
            }
            return pieces;
        }

        private static List<String> readWeights(DataInputView in) throws IOException {
            List<String> weights = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                weights.add(in.readUTF());
            }
            return weights;
        }
    }
}
