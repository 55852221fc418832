// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The few instructions of Python's pickle protocol 2 that an archive's tables need. */
final class PickleWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    PickleWriter() {
        op(0x80);
        op(2);
    }

    PickleWriter mark() {
        return op('(');
    }

    /** Everything since the last mark. */
    PickleWriter tuple() {
        return op('t');
    }

    PickleWriter emptyTuple() {
        return op(')');
    }

    PickleWriter emptyDict() {
        return op('}');
    }

    /** Puts the pairs since the last mark into the dictionary below it. */
    PickleWriter setItems() {
        return op('u');
    }

    PickleWriter newObject() {
        return op(0x81);
    }

    PickleWriter build() {
        return op('b');
    }

    /** Calls the function below the arguments' tuple. */
    PickleWriter reduce() {
        return op('R');
    }

    /** Looks up what the tuple on top names. */
    PickleWriter persistent() {
        return op('Q');
    }

    PickleWriter bool(boolean value) {
        return op(value ? 0x88 : 0x89);
    }

    PickleWriter global(String module, String name) {
        op('c');
        bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleWriter text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        op('X');
        integer4(utf8.length);
        bytes(utf8);
        return this;
    }

    PickleWriter integer(int value) {
        op('J');
        integer4(value);
        return this;
    }

    byte[] stop() {
        op('.');
        return out.toByteArray();
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
