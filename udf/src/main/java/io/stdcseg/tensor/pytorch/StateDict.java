// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.pytorch.StridedTensorReader.TensorRef;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** State dictionary of a network, found in the object that a checkpoint holds. */
final class StateDict {

    /** Where training scripts keep the network among other things, in the order of preference. */
    private static final List<String> USUAL_KEYS =
            List.of("state_dict", "model_state_dict", "model", "net", "network");

    private static final String DATA_PARALLEL = "module.";
    private static final int MOST_WRAPPERS = 8;

    private StateDict() {}

    /**
     * The tensors by name: those of {@code root}'s usual entries if they have any (scores beside
     * them may be tensors too), else those of {@code root} itself, else those of the only entry
     * that has any. What is not a tensor is left out, and so is the prefix {@code module.} where
     * every name has it.
     */
    static Map<String, TensorRef> of(Object root, FileErrors errors) {
        if (!(root instanceof Map<?, ?> dict)) {
            throw errors.because("it does not hold a dictionary of tensors");
        }
        Map<String, TensorRef> tensors = usual(dict);
        if (tensors.isEmpty()) {
            tensors = tensors(dict);
        }
        if (tensors.isEmpty()) {
            tensors = onlyEntry(dict, errors);
        }
        for (int i = 0; i < MOST_WRAPPERS && isWrapped(tensors); i++) {
            Map<String, TensorRef> stripped = new LinkedHashMap<>();
            tensors.forEach(
                    (name, tensor) -> stripped.put(name.substring(DATA_PARALLEL.length()), tensor));
            tensors = stripped;
        }
        return tensors;
    }

    private static boolean isWrapped(Map<String, TensorRef> tensors) {
        return tensors.keySet().stream().allMatch(name -> name.startsWith(DATA_PARALLEL));
    }

    private static Map<String, TensorRef> usual(Map<?, ?> dict) {
        for (String key : USUAL_KEYS) {
            Map<String, TensorRef> tensors = tensors(dict.get(key));
            if (!tensors.isEmpty()) {
                return tensors;
            }
        }
        return Map.of();
    }

    private static Map<String, TensorRef> onlyEntry(Map<?, ?> dict, FileErrors errors) {
        Set<Object> entries = Collections.newSetFromMap(new IdentityHashMap<>());
        entries.addAll(dict.values()); // one that is there a million times is read once
        List<Map<String, TensorRef>> found =
                entries.stream()
                        .map(StateDict::tensors)
                        .filter(tensors -> !tensors.isEmpty())
                        .limit(2)
                        .toList();
        if (found.size() != 1) {
            String keys =
                    dict.keySet().stream()
                            .filter(Objects::nonNull)
                            .filter(key -> key instanceof String)
                            .limit(8)
                            .map(key -> FileErrors.quote((String) key))
                            .collect(Collectors.joining(", "));
            throw errors.because(
                    (found.isEmpty()
                                    ? "it holds no dictionary of tensors"
                                    : "it holds several dictionaries of tensors and none is"
                                            + " called state_dict")
                            + "; its entries are ["
                            + keys
                            + "]");
        }
        return found.get(0);
    }

    private static Map<String, TensorRef> tensors(Object value) {
        Map<String, TensorRef> tensors = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> dict) {
            dict.forEach(
                    (name, item) -> {
                        if (name instanceof String text && item instanceof TensorRef tensor) {
                            tensors.put(text, tensor);
                        }
                    });
        }
        return tensors;
    }
}
