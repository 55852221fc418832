// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Mismatch between the tensors of a file and those of a network: missing and unexpected names, and
 * other shapes.
 *
 * @param missing names the network has and the file has not
 * @param unexpected names the file has and the network has not
 * @param reshaped names of tensors of another shape, with both shapes
 */
record TensorMismatch(List<String> missing, List<String> unexpected, List<String> reshaped) {

    private static final int SHOWN = 4;

    /** Compares; heads that only training looks at may be missing. */
    static TensorMismatch of(Map<String, TensorData> tensors, Map<String, long[]> expected) {
        List<String> missing = new ArrayList<>();
        List<String> reshaped = new ArrayList<>();
        expected.forEach(
                (name, shape) -> {
                    TensorData tensor = tensors.get(name);
                    if (tensor == null) {
                        if (!PublishedNames.isTrainingOnly(name)) {
                            missing.add(name);
                        }
                    } else if (!Arrays.equals(tensor.shape(), shape)) {
                        reshaped.add(name + " " + text(tensor.shape()) + " not " + text(shape));
                    }
                });
        List<String> unexpected =
                tensors.keySet().stream().filter(name -> !expected.containsKey(name)).toList();
        return new TensorMismatch(missing, unexpected, reshaped);
    }

    boolean isEmpty() {
        return missing.isEmpty() && unexpected.isEmpty() && reshaped.isEmpty();
    }

    /** Counts and first names, in one line. */
    String describe() {
        List<String> parts = new ArrayList<>();
        add(parts, missing, "missing");
        add(parts, unexpected, "unexpected");
        add(parts, reshaped, "of another shape");
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, List<String> names, String kind) {
        if (!names.isEmpty()) {
            String shown =
                    names.stream()
                            .limit(SHOWN)
                            .map(FileErrors::quote)
                            .collect(Collectors.joining(", "));
            parts.add(
                    names.size()
                            + " "
                            + kind
                            + " ("
                            + shown
                            + (names.size() > SHOWN ? ", ...)" : ")"));
        }
    }

    private static String text(long[] shape) {
        return shape.length == 0
                ? "scalar"
                : Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
    }
}
