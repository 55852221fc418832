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
 * The JSON header of a {@code .safetensors} file, written and parsed.
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
        List<TensorEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                readMetadata(file, field.getValue(), metadata);
            } else {
                entries.add(TensorEntry.read(file, field.getKey(), field.getValue(), data.limit()));
            }
        }
        checkCover(file, entries, data.limit());
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (TensorEntry e : entries) {
            tensors.put(
                    e.name(),
                    new TensorData(e.type(), e.shape(), data.slice(e.from(), e.to() - e.from())));
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
                        METADATA + " entry '" + FileErrors.quote(text.getKey()) + "' is not text");
            }
            metadata.put(text.getKey(), text.getValue().textValue());
        }
    }

    private static void checkCover(String file, List<TensorEntry> entries, int dataBytes) {
        List<TensorEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(TensorEntry::from).thenComparingInt(TensorEntry::to));
        int end = 0;
        for (TensorEntry e : sorted) {
            if (e.from() != end) {
                throw SafeTensors.refusal(
                        file,
                        "tensor '"
                                + FileErrors.quote(e.name())
                                + "' begins at byte "
                                + e.from()
                                + " of the data, where byte "
                                + end
                                + " is next");
            }
            end = e.to();
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
                        + FileErrors.quote(FileErrors.oneLine(cause))
                        + ")",
                cause);
    }
}
