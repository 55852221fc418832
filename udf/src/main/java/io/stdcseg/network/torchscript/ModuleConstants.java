// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.Precision;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.PickleWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Constants of a module: the tensors that its code mentions as {@code CONSTANTS.cN}. Those with
 * four axes are laid out channels last, as the convolutions want them.
 */
final class ModuleConstants {

    private record Entry(ElementType type, long[] shape, long[] strides, ByteBuffer bytes) {}

    private final List<Entry> entries = new ArrayList<>();

    /** Keeps a tensor and says how the program names it. */
    String add(TensorData tensor) {
        long[] shape = tensor.shape();
        entries.add(
                shape.length == 4
                        ? new Entry(tensor.type(), shape, channelsLast(shape), rearranged(tensor))
                        : new Entry(tensor.type(), shape, tensor.strides(), tensor.bytes()));
        return "CONSTANTS.c" + (entries.size() - 1);
    }

    /** The tensors' bytes, in the order of their numbers. */
    List<ByteBuffer> storages() {
        return Collections.unmodifiableList(entries.stream().map(Entry::bytes).toList());
    }

    /** The table of the tensors, as a pickled tuple. */
    byte[] table() {
        PickleWriter pickle = new PickleWriter().mark();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            pickle.tensor(Integer.toString(i), entry.type(), entry.shape(), entry.strides());
        }
        return pickle.tuple().stop();
    }

    private static long[] channelsLast(long[] shape) {
        return new long[] {shape[1] * shape[2] * shape[3], 1, shape[1] * shape[3], shape[1]};
    }

    private static ByteBuffer rearranged(TensorData tensor) {
        int size = tensor.type().bytes();
        int channels = Math.toIntExact(tensor.shape()[1]);
        int pixels = Math.toIntExact(tensor.shape()[2] * tensor.shape()[3]);
        int filter = channels * pixels;
        ByteBuffer from = tensor.bytes();
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < from.remaining() / size; i++) {
            int pixel = i % filter / channels;
            int source = i / filter * filter + i % channels * pixels + pixel;
            for (int b = 0; b < size; b++) {
                to.put(from.get(source * size + b));
            }
        }
        return to.flip();
    }

    /** TorchScript's numbers of element types (ScalarType). */
    static final class ScalarTypes {

        static final int BYTE = 0;
        static final int CHAR = 1;
        static final int INT = 3;
        static final int HALF = 5;
        static final int FLOAT = 6;
        static final int BFLOAT16 = 15;

        private ScalarTypes() {}

        static int of(Precision precision) {
            return switch (precision) {
                case FP32 -> FLOAT;
                case BF16 -> BFLOAT16;
                case FP16 -> HALF;
                case INT8 -> CHAR;
            };
        }
    }
}
