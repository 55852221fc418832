// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.StdcBackbone;
import io.stdcseg.network.Variant;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Weights behind the reference tensors: a hash of each parameter's name and index, as {@code
 * reference/README.md} describes it.
 */
public final class HashedWeights {

    private HashedWeights() {}

    /** As back ends take them: the decoder's norms hold {@code |weight| + 1e-5}. */
    public static Map<String, TensorData> plain(ModelSpec spec) {
        Map<String, TensorData> weights = published(spec);
        StateDictLayout.inPlaceScales(spec)
                .forEach(name -> weights.computeIfPresent(name, (key, w) -> inPlaceScale(w)));
        return weights;
    }

    /** As a published checkpoint holds them, without aliases, counters and classifier. */
    public static Map<String, TensorData> published(ModelSpec spec) {
        return hash(StateDictLayout.weights(spec));
    }

    /** Of the backbone as an ImageNet classifier, names without prefix. */
    public static Map<String, TensorData> classifier(Variant variant) {
        return hash(StateDictLayout.classifier(variant, StdcBackbone.IMAGENET_CLASSES));
    }

    /** Hashed values for any names and shapes. */
    public static Map<String, TensorData> hash(Map<String, long[]> shapes) {
        Map<String, TensorData> weights = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> weights.put(name, hash(name, shape)));
        return weights;
    }

    private static TensorData hash(String name, long[] shape) {
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        int seed = (int) crc.getValue();
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        float[] values = new float[Math.toIntExact(elements)];
        double bound = Math.sqrt(6.0 / (elements / (double) Math.max(1, first(shape))));
        boolean norm = isNormWeight(name, shape);
        for (int i = 0; i < values.length; i++) {
            double u = Integer.toUnsignedLong(mix(seed + i * 0x9E3779B9)) / 0x1p32;
            double value;
            if (name.endsWith(".running_var")) {
                value = 0.5 + u;
            } else if (name.endsWith(".running_mean") || name.endsWith(".bias")) {
                value = (u - 0.5) * 0.2;
            } else if (norm) {
                value = u < 0.1 ? -(0.5 + u) : 0.5 + u;
            } else {
                value = (u - 0.5) * 2 * bound;
            }
            values[i] = (float) value;
        }
        return TensorData.of(values, shape);
    }

    private static boolean isNormWeight(String name, long[] shape) {
        return shape.length == 1 && name.endsWith(".weight");
    }

    private static TensorData inPlaceScale(TensorData weight) {
        float[] values = weight.toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.abs(values[i]) + 1e-5);
        }
        return TensorData.of(values, weight.shape());
    }

    private static long first(long[] shape) {
        return shape.length == 0 ? 1 : shape[0];
    }

    private static int mix(int value) {
        int x = value;
        x ^= x >>> 16;
        x *= 0x7FEB352D;
        x ^= x >>> 15;
        x *= 0x846CA68B;
        x ^= x >>> 16;
        return x;
    }
}
