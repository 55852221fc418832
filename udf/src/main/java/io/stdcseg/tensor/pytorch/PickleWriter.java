// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.ElementType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writer of pickles: the few instructions of Python's protocol 2 that PyTorch's archives need. Each
 * method appends to the pickle and returns this writer.
 */
public final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public PickleWriter() {
        op(0x80);
        op(2);
    }

    public PickleWriter mark() {
        return op('(');
    }

    /** Everything since the last mark. */
    public PickleWriter tuple() {
        return op('t');
    }

    public PickleWriter emptyTuple() {
        return op(')');
    }

    public PickleWriter emptyDict() {
        return op('}');
    }

    /** Puts the pairs since the last mark into the dictionary below it. */
    public PickleWriter setItems() {
        return op('u');
    }

    public PickleWriter newObject() {
        return op(0x81);
    }

    public PickleWriter build() {
        return op('b');
    }

    /** Calls the function below the arguments' tuple. */
    public PickleWriter reduce() {
        return op('R');
    }

    /** Looks up what the tuple on top names. */
    PickleWriter persistent() {
        return op('Q');
    }

    public PickleWriter bool(boolean value) {
        return op(value ? 0x88 : 0x89);
    }

    public PickleWriter global(String module, String name) {
        op('c');
        bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PickleWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op('X');
        integer4(utf8.length);
        bytes(utf8);
        return this;
    }

    /** A number of at most 32 bits. */
    public PickleWriter integer(long value) {
        op('J');
        integer4(Math.toIntExact(value));
        return this;
    }

    /**
     * A tensor that fills a storage.
     *
     * @param key names the storage in the archive
     * @param strides in elements
     */
    public PickleWriter tensor(String key, ElementType type, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").mark();
        mark().text("storage").global("torch", storageClass(type)).text(key).text("cpu");
        integer(Arrays.stream(shape).reduce(1, Math::multiplyExact)).tuple().persistent();
        integer(0).integers(shape).integers(strides).bool(false);
        return emptyOrderedDict().tuple().reduce();
    }

    PickleWriter emptyOrderedDict() {
        return global("collections", "OrderedDict").emptyTuple().reduce();
    }

    /** The whole pickle. */
    public byte[] stop() {
        op('.');
        return out.toByteArray();
    }

    private PickleWriter integers(long[] values) {
        mark();
        for (long value : values) {
            integer(value);
        }
        return tuple();
    }

    private static String storageClass(ElementType type) {
        return switch (type) {
            case F32 -> "FloatStorage";
            case F16 -> "HalfStorage";
            case BF16 -> "BFloat16Storage";
            case I64 -> "LongStorage";
            case I8 -> "CharStorage";
            default -> throw new IllegalArgumentException("no tensors of type " + type);
        };
    }

    private void integer4(int value) {
        bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    }

    private void bytes(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }

    private PickleWriter op(int code) {
        out.write(code);
        return this;
    }
}
