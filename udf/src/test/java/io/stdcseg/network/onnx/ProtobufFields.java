// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A Protocol Buffers message, read back: the values of each numbered field, in their order. */
record ProtobufFields(Map<Integer, List<Object>> fields) {

    static ProtobufFields parse(ByteBuffer message) {
        ByteBuffer in = message.duplicate();
        Map<Integer, List<Object>> fields = new TreeMap<>();
        while (in.hasRemaining()) {
            long key = varint(in);
            Object value =
                    switch ((int) key & 7) {
                        case 0 -> varint(in);
                        case 2 -> slice(in, Math.toIntExact(varint(in)));
                        default -> throw new AssertionError("wire type of key " + key);
                    };
            fields.computeIfAbsent((int) (key >> 3), field -> new ArrayList<>()).add(value);
        }
        return new ProtobufFields(fields);
    }

    long number(int field) {
        return numbers(field).get(0);
    }

    String text(int field) {
        return texts(field).get(0);
    }

    ProtobufFields message(int field) {
        return messages(field).get(0);
    }

    ByteBuffer bytes(int field) {
        return (ByteBuffer) values(field).get(0);
    }

    List<Long> numbers(int field) {
        return values(field).stream().map(Long.class::cast).toList();
    }

    List<String> texts(int field) {
        return values(field).stream()
                .map(ByteBuffer.class::cast)
                .map(bytes -> StandardCharsets.UTF_8.decode(bytes.duplicate()).toString())
                .toList();
    }

    List<ProtobufFields> messages(int field) {
        return values(field).stream()
                .map(ByteBuffer.class::cast)
                .map(ProtobufFields::parse)
                .toList();
    }

    private List<Object> values(int field) {
        return fields.getOrDefault(field, List.of());
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer slice = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return slice;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
