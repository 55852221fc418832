// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constants of whole numbers. */
final class IntegerConstants {

    private IntegerConstants() {}

    static TensorData longs(long... values) {
        ByteBuffer bytes = buffer(8 * values.length);
        bytes.asLongBuffer().put(values);
        return new TensorData(ElementType.I64, new long[] {values.length}, bytes);
    }

    static TensorData ints(int... values) {
        ByteBuffer bytes = buffer(4 * values.length);
        bytes.asIntBuffer().put(values);
        return new TensorData(ElementType.I32, new long[] {values.length}, bytes);
    }

    /** One number from 0 to 255. */
    static TensorData level(int value) {
        return new TensorData(ElementType.U8, new long[0], levels(value).bytes());
    }

    /** Numbers from 0 to 255. */
    static TensorData levels(int... values) {
        ByteBuffer bytes = buffer(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return new TensorData(ElementType.U8, new long[] {values.length}, bytes.flip());
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
