// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Metadata of measured activation ranges: under {@code reach.LAYER} the channels' floats,
 * little-endian, in Base64. Readers that do not know them leave them alone.
 */
final class RangesMetadata {

    private static final String PREFIX = "reach.";

    private RangesMetadata() {}

    static Map<String, String> write(ActivationRanges ranges) {
        Map<String, String> texts = new LinkedHashMap<>();
        ranges.reaches()
                .forEach(
                        (layer, reach) -> {
                            byte[] bytes = new byte[reach.bytes().remaining()];
                            reach.bytes().get(0, bytes);
                            texts.put(PREFIX + layer, Base64.getEncoder().encodeToString(bytes));
                        });
        return texts;
    }

    /**
     * Reads them back.
     *
     * @param tensors of the network that they must fit
     */
    static ActivationRanges read(
            Map<String, String> texts, Map<String, TensorData> tensors, FileErrors errors) {
        Map<String, TensorData> reaches = new LinkedHashMap<>();
        texts.forEach(
                (key, text) -> {
                    if (key.startsWith(PREFIX)) {
                        String layer = key.substring(PREFIX.length());
                        TensorData weight = tensors.get(layer + ".weight");
                        if (weight == null) {
                            throw wrong(errors, key, "of a layer of this network");
                        }
                        reaches.put(layer, reach(text, weight.shape()[0], key, errors));
                    }
                });
        return new ActivationRanges(reaches);
    }

    private static TensorData reach(String text, long channels, String key, FileErrors errors) {
        float[] values = new float[Math.toIntExact(channels)];
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw wrong(errors, key, "Base64");
        }
        if (bytes.length != 4 * values.length) {
            throw wrong(errors, key, "of " + channels + " channels");
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        for (float value : values) {
            if (!(value >= 0 && value <= Float.MAX_VALUE)) {
                throw wrong(errors, key, "of numbers from 0");
            }
        }
        return TensorData.of(values, channels);
    }

    private static RuntimeException wrong(FileErrors errors, String key, String what) {
        return errors.because("its metadata's " + FileErrors.quote(key) + " is not " + what);
    }
}
