// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.label.LabelSet;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.shape.StateDictLayout;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.weights.Weights.Overrides;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Initial weights, of a network that has learned nothing: He's uniform distribution for
 * convolutions, norms that change nothing. The same each time.
 */
final class InitialWeights {

    private static final String NAME = "initial";

    /**
     * Borders in the masks cost time. Most seeds give far fewer or far more of them than training
     * does, depending on the model; with this one all models give about as many.
     */
    private static final long SEED = 39;

    private InitialWeights() {}

    static Weights of(Overrides options) {
        PublishedModel model = options.model();
        LabelSet labels = options.labels() == null ? LabelSet.of("cityscapes") : options.labels();
        ModelSpec spec = new ModelSpec(model.variant(), labels.size());
        return new Weights(
                spec,
                tensors(spec, SEED),
                labels,
                options.scale() == null ? model.scale() : options.scale(),
                model.label(),
                NAME,
                "");
    }

    /** The numbers that all initial weights are made of. */
    static RandomGenerator random() {
        return new SplittableRandom(SEED);
    }

    /** Plain tensors of all layers that masks or losses depend on. */
    static Map<String, TensorData> tensors(ModelSpec spec, long seed) {
        return tensors(StateDictLayout.weights(spec), seed);
    }

    /** Plain tensors of these names and shapes. */
    static Map<String, TensorData> tensors(Map<String, long[]> shapes, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, tensor(name, shape, random)));
        return tensors;
    }

    /** The next tensor; a decoder norm's is plain. */
    static TensorData tensor(String name, long[] shape, RandomGenerator random) {
        float[] values =
                new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        if (shape.length > 1) {
            double inputs = values.length / (double) shape[0];
            float bound = (float) Math.sqrt(6 / inputs);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat(-bound, bound);
            }
        } else if (name.endsWith(".weight") || name.endsWith(".running_var")) {
            Arrays.fill(values, 1);
        }
        return TensorData.of(values, shape);
    }
}
