// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;

/**
 * An entry of a {@code .safetensors} header: one tensor's name, type, shape and place in the data.
 *
 * @param name as the file has it
 * @param shape sizes from the outermost axis inwards
 * @param from first byte in the data
 * @param to the byte after the last one
 */
record TensorEntry(String name, ElementType type, long[] shape, int from, int to) {

    /**
     * Parses one entry, whose bytes must be there and be as many as its shape takes.
     *
     * @param file for messages
     * @param dataBytes of all tensors
     * @throws io.stdcseg.error.InputException if they are not
     */
    static TensorEntry read(String file, String rawName, JsonNode node, int dataBytes) {
        String name = FileErrors.quote(rawName);
        ElementType type = readType(file, name, node.path("dtype").asText());
        long[] shape = readNumbers(file, name, "shape", node.path("shape"));
        long[] offsets = readNumbers(file, name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataBytes) {
            throw SafeTensors.refusal(
                    file,
                    "tensor '"
                            + name
                            + "' has offsets "
                            + Arrays.toString(offsets)
                            + " in "
                            + dataBytes
                            + " bytes of data");
        }
        long held = offsets[1] - offsets[0];
        if (!takes(shape, type, held)) {
            throw SafeTensors.refusal(
                    file,
                    "tensor '"
                            + name
                            + "' of "
                            + type
                            + " "
                            + Arrays.toString(shape)
                            + " has "
                            + held
                            + " bytes");
        }
        return new TensorEntry(rawName, type, shape, (int) offsets[0], (int) offsets[1]);
    }

    private static ElementType readType(String file, String name, String dtype) {
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        throw SafeTensors.refusal(
                file,
                "tensor '"
                        + name
                        + "' has dtype '"
                        + FileErrors.quote(dtype)
                        + "'; allowed are "
                        + Arrays.toString(ElementType.values()));
    }

    private static long[] readNumbers(String file, String name, String field, JsonNode node) {
        boolean numbers = node.isArray();
        for (JsonNode item : node) {
            numbers &= item.isIntegralNumber() && item.canConvertToLong() && item.longValue() >= 0;
        }
        if (!numbers) {
            throw SafeTensors.refusal(
                    file,
                    "tensor '"
                            + name
                            + "' has "
                            + field
                            + " "
                            + FileErrors.quote(node.toString())
                            + "; a list of whole numbers from 0 is needed");
        }
        long[] values = new long[node.size()];
        Arrays.setAll(values, i -> node.get(i).longValue());
        return values;
    }

    /** Whether a tensor of that shape takes exactly {@code bytes}; no product overflows. */
    private static boolean takes(long[] shape, ElementType type, long bytes) {
        if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
            return bytes == 0;
        }
        long rest = bytes;
        if (rest % type.bytes() != 0) {
            return false;
        }
        rest /= type.bytes();
        for (long size : shape) {
            if (rest % size != 0) {
                return false;
            }
            rest /= size;
        }
        return rest == 1;
    }
}
