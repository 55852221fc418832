// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Message in Protocol Buffers' wire format: numbered fields, in the order in which they are added.
 * Bytes are kept by reference until they are written.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class ProtobufMessage {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final List<ByteBuffer> parts = new ArrayList<>();
    private long size;

    /** A whole number or a constant of an enumeration. */
    ProtobufMessage number(int field, long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, key(field, VARINT));
        varint(out, value);
        return part(ByteBuffer.wrap(out.toByteArray()));
    }

    ProtobufMessage text(int field, String value) {
        return bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    ProtobufMessage bytes(int field, ByteBuffer value) {
        return head(field, value.remaining()).part(value);
    }

    ProtobufMessage message(int field, ProtobufMessage value) {
        head(field, value.size);
        value.parts.forEach(this::part);
        return this;
    }

    void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (ByteBuffer part : parts) {
            channel.write(part.duplicate());
        }
    }

    private ProtobufMessage head(int field, long length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, key(field, LENGTH_DELIMITED));
        varint(out, length);
        return part(ByteBuffer.wrap(out.toByteArray()));
    }

    private ProtobufMessage part(ByteBuffer part) {
        parts.add(part);
        size += part.remaining();
        return this;
    }

    private static long key(int field, int wireType) {
        return ((long) field << 3) | wireType;
    }

    /** Seven bits a byte, the lowest first; the eighth says whether more follow. */
    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
