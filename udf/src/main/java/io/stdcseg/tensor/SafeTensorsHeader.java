// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stdcseg.error.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON header of a {@code .safetensors} file.
 *
 * @param json padded with spaces to a multiple of eight bytes, so that the data is aligned
 * @param names in the order of their data
 */
record SafeTensorsHeader(byte[] json, List<String> names) {

    private static final String METADATA = "__metadata__";
    private static final int ALIGNMENT = 8;

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    /** The tensor named {@code name}: its bytes are {@code from} to {@code to} of the data. */
    private record Entry(String name, ElementType type, long[] shape, int from, int to) {}

    /** The header of these tensors; wide elements come first, which keeps all of them aligned. */
    static SafeTensorsHeader describe(
            Map<String, TensorData> tensors, Map<String, String> metadata) {
        List<String> names = new ArrayList<>(tensors.keySet());
        names.sort(Comparator.comparingInt(name -> -tensors.get(name).type().bytes()));
        ObjectNode root = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode texts = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(texts::put); // the same bytes in every process
        }
        long offset = 0;
        for (String name : names) {
            TensorData tensor = tensors.get(name);
            ObjectNode entry = root.putObject(name).put("dtype", tensor.type().name());
            var shape = entry.putArray("shape");
            Arrays.stream(tensor.shape()).forEach(shape::add);
            var offsets = entry.putArray("data_offsets").add(offset);
            offset += tensor.bytes().remaining();
            offsets.add(offset);
        }
        byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, -Math.floorDiv(-text.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return new SafeTensorsHeader(padded, names);
    }

    /** The tensors that {@code header} describes, which must be all of {@code data}. */
    static SafeTensors.Contents parse(String file, byte[] header, ByteBuffer data) {
        JsonNode root;
        try {
            root = JSON.readTree(header);
        } catch (JsonProcessingException e) {
            throw refusal(file, "its header is not JSON", e);
        } catch (IOException e) {
            throw refusal(file, "its header cannot be read", e);
        }
        if (root == null || !root.isObject()) {
            throw SafeTensors.refusal(file, "its header is not a JSON object");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
            } else {
                entries.add(readEntry(file, field.getKey(), field.getValue(), data.limit()));
            }
        }
        checkCover(file, entries, data.limit());
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (Entry e : entries) {
            tensors.put(e.name, new TensorData(e.type, e.shape, data.slice(e.from, e.to - e.from)));
        }
        return new SafeTensors.Contents(tensors, metadata);
    }

    private static void readMetadata(String file, JsonNode node, Map<String, String> metadata) {
        if (!node.isObject()) {
            throw SafeTensors.refusal(file, METADATA + " is not a JSON object");
        }
        for (Map.Entry<String, JsonNode> text : node.properties()) {
            if (!text.getValue().isTextual()) {
                throw SafeTensors.refusal(
                        file,
                        METADATA + " entry '" + QuotedText.of(text.getKey()) + "' is not text");
            }
            metadata.put(text.getKey(), text.getValue().textValue());
        }
    }

    private static Entry readEntry(String file, String rawName, JsonNode node, int dataBytes) {
        String name = QuotedText.of(rawName);
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
        return new Entry(rawName, type, shape, (int) offsets[0], (int) offsets[1]);
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
                        + QuotedText.of(dtype)
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
                            + QuotedText.of(node.toString())
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

    private static void checkCover(String file, List<Entry> entries, int dataBytes) {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(Entry::from).thenComparingInt(Entry::to));
        int end = 0;
        for (Entry e : sorted) {
            if (e.from != end) {
                throw SafeTensors.refusal(
                        file,
                        "tensor '"
                                + QuotedText.of(e.name)
                                + "' begins at byte "
                                + e.from
                                + " of the data, where byte "
                                + end
                                + " is next");
            }
            end = e.to;
        }
        if (end != dataBytes) {
            throw SafeTensors.refusal(
                    file, "its tensors end at byte " + end + " of " + dataBytes + " of the data");
        }
    }

    private static InputException refusal(String file, String reason, Exception cause) {
        return new InputException(
                SafeTensors.refusal(file, reason).getMessage()
                        + " ("
                        + QuotedText.of(CheckpointFiles.oneLine(cause))
                        + ")",
                cause);
    }
}
