// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles instruction by instruction, hostile ones too. */
final class Pickles {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickles() {
        op(0x80).op(2);
    }

    Pickles op(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
        return this;
    }

    Pickles ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    Pickles u32(long value) {
        out.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array());
        return this;
    }

    Pickles i64(long value) {
        out.writeBytes(
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    Pickles text(String text) {
        return op('X').u32(text.length()).ascii(text);
    }

    Pickles integer(long value) {
        return op(0x8a, 8).i64(value);
    }

    Pickles global(String module, String name) {
        return op('c').ascii(module + "\n" + name + "\n");
    }

    Pickles integers(long... values) {
        op('(');
        for (long value : values) {
            integer(value);
        }
        return op('t');
    }

    /** A tensor of floats in a storage. */
    Pickles tensor(String key, long elements, long offset, long[] shape, long[] strides) {
        global("torch._utils", "_rebuild_tensor_v2").op('(').storage(key, elements);
        integer(offset).integers(shape).integers(strides);
        return op(0x89).global("collections", "OrderedDict").op(')', 'R', 't', 'R');
    }

    /** A storage of floats. */
    Pickles storage(String key, long elements) {
        op('(').text("storage").global("torch", "FloatStorage").text(key).text("cpu");
        return integer(elements).op('t', 'Q');
    }

    /** A dictionary with that tensor under {@code name}. */
    static Pickles dictionary(
            String name, String key, long elements, long offset, long[] shape, long[] strides) {
        return new Pickles()
                .op('}')
                .text(name)
                .tensor(key, elements, offset, shape, strides)
                .op('s');
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
    }
}
