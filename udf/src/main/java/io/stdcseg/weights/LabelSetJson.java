// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.tensor.FileErrors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON of a label set, in one line, as it travels with weights. */
final class LabelSetJson {

    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .build();

    private static final String COLORS = "fileColors";

    private record Set(
            String name,
            List<Item> classes,
            Map<Integer, Integer> fileIds,
            Map<Integer, Integer> fileColors) {}

    private record Item(String name, List<Integer> color) {}

    private LabelSetJson() {}

    static String write(LabelSet labels) {
        List<Item> classes =
                labels.classes().stream()
                        .map(c -> new Item(c.name(), List.of(c.red(), c.green(), c.blue())))
                        .toList();
        try {
            return JSON.writeValueAsString(
                    new Set(
                            labels.name(),
                            classes,
                            new TreeMap<>(labels.fileIds()),
                            new TreeMap<>(labels.fileColors())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    static LabelSet read(String json, FileErrors errors) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree instanceof ObjectNode written && !written.has(COLORS)) {
                written.putObject(COLORS); // Older weights say nothing of RGB labels.
            }
            Set set = JSON.treeToValue(tree, Set.class);
            List<LabelClass> classes =
                    set.classes().stream()
                            .map(
                                    c ->
                                            new LabelClass(
                                                    c.name(),
                                                    c.color().get(0),
                                                    c.color().get(1),
                                                    c.color().get(2)))
                            .toList();
            return new LabelSet(set.name(), classes, set.fileIds(), set.fileColors());
        } catch (JsonProcessingException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NullPointerException e) {
            throw errors.because("its label set cannot be read", e);
        } catch (InputException e) {
            throw errors.because(e.getMessage());
        }
    }
}
