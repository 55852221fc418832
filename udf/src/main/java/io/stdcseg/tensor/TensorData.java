// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import io.stdcseg.error.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tensor as plain bytes, little-endian, contiguous, row-major; how weights travel between files and
 * back ends.
 *
 * @param type of the elements
 * @param shape sizes from the outermost axis inwards; empty for a scalar
 * @param bytes position 0, limit = elements times element size, little-endian; not to be changed
 */
public record TensorData(ElementType type, long[] shape, ByteBuffer bytes) {

    public TensorData {
        long expected = elements(shape) * type.bytes();
        if (bytes.remaining() != expected) {
            throw new IllegalArgumentException(
                    bytes.remaining()
                            + " bytes for a tensor of "
                            + type
                            + " "
                            + Arrays.toString(shape)
                            + "; it takes "
                            + expected);
        }
        bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A float tensor with these values. */
    public static TensorData of(float[] values, long... shape) {
        ByteBuffer bytes = buffer(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return new TensorData(ElementType.F32, shape, bytes);
    }

    /** A float tensor with these values, rounded to single precision. */
    public static TensorData of(double[] values, long... shape) {
        ByteBuffer bytes = buffer(Float.BYTES * values.length);
        for (double value : values) {
            bytes.putFloat((float) value);
        }
        return new TensorData(ElementType.F32, shape, bytes.flip());
    }

    /** A vector of 64-bit integers. */
    public static TensorData ofInt64(long... values) {
        ByteBuffer bytes = buffer(Long.BYTES * values.length);
        bytes.asLongBuffer().put(values);
        return new TensorData(ElementType.I64, new long[] {values.length}, bytes);
    }

    /** A vector of 32-bit integers. */
    public static TensorData ofInt32(int... values) {
        ByteBuffer bytes = buffer(Integer.BYTES * values.length);
        bytes.asIntBuffer().put(values);
        return new TensorData(ElementType.I32, new long[] {values.length}, bytes);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many elements there are. */
    public long elements() {
        return elements(shape);
    }

    /** Steps from one index to the next along each axis, in elements. */
    public long[] strides() {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis] = step;
            step *= shape[axis];
        }
        return strides;
    }

    /** The elements as floats, whatever their type. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) get(i);
        }
        return values;
    }

    /**
     * The same numbers, rounded to nearest even where {@code target} holds fewer digits. Floating
     * types only.
     */
    public TensorData to(ElementType target) {
        if (target == type) {
            return this;
        }
        int n = Math.toIntExact(elements());
        ByteBuffer out = buffer(n * target.bytes());
        for (int i = 0; i < n; i++) {
            switch (target) {
                case F64 -> out.putDouble(get(i));
                case F32 -> out.putFloat((float) get(i));
                case F16 -> out.putShort(HalfPrecision.toFloat16((float) get(i)));
                case BF16 -> out.putShort(HalfPrecision.toBfloat16((float) get(i)));
                default -> throw new IllegalArgumentException(target + " is not a floating type");
            }
        }
        return new TensorData(target, shape, out.flip());
    }

    /**
     * The same numbers in another floating type, none of which becomes infinite by it.
     *
     * @param name of the tensor, for the message
     * @throws InputException if one is larger than {@code target} holds
     */
    public TensorData to(ElementType target, String name) {
        TensorData converted = to(target);
        for (int i = 0; converted != this && i < elements(); i++) {
            if (Double.isInfinite(converted.get(i)) && !Double.isInfinite(get(i))) {
                throw new InputException(
                        String.format(
                                Locale.ROOT,
                                "%s holds %g, which is infinite in %s; bf16 and fp32 hold it",
                                name,
                                get(i),
                                target == ElementType.F16 ? "fp16" : target));
            }
        }
        return converted;
    }

    /** Element {@code i} in row-major order as a double. */
    public double get(int i) {
        return switch (type) {
            case F64 -> bytes.getDouble(8 * i);
            case F32 -> bytes.getFloat(4 * i);
            case F16 -> HalfPrecision.fromFloat16(bytes.getShort(2 * i));
            case BF16 -> HalfPrecision.fromBfloat16(bytes.getShort(2 * i));
            case I64 -> bytes.getLong(8 * i);
            case I32 -> bytes.getInt(4 * i);
            case I16 -> bytes.getShort(2 * i);
            case I8 -> bytes.get(i);
            case U8, BOOL -> bytes.get(i) & 255;
        };
    }

    private static long elements(long[] shape) {
        long n = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "negative size in shape " + Arrays.toString(shape));
            }
            n = Math.multiplyExact(n, size);
        }
        return n;
    }
}
