// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** State dictionaries with the published names and shapes and numbers that are quick to make. */
public final class StateDicts {

    private StateDicts() {}

    /** Every tensor of {@code reference/state_dict_VARIANT.txt}; 19 classes. */
    public static Map<String, TensorData> published(String variant) throws IOException {
        String text;
        try (InputStream in =
                StateDicts.class.getResourceAsStream("/reference/state_dict_" + variant + ".txt")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ");
            if (parts[1].equals("scalar")) {
                tensors.put(
                        parts[0],
                        new TensorData(ElementType.I64, new long[0], ByteBuffer.allocate(8)));
            } else {
                long[] shape =
                        Arrays.stream(parts[1].split("x")).mapToLong(Long::parseLong).toArray();
                int elements = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
                float[] values = new float[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = (i % 7 - 3) / 4f;
                }
                tensors.put(parts[0], TensorData.of(values, shape));
            }
        }
        return tensors;
    }
}
