// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import io.stdcseg.error.InputException;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.TensorData;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Average of two networks of which one has learned on from the other: it keeps most of what the
 * first knew and of what the second learned, and is often better than both.
 *
 * @see <a href="https://arxiv.org/abs/2109.01903">Robust fine-tuning of zero-shot models</a>
 */
final class WeightAverage {

    private WeightAverage() {}

    static Weights of(Weights one, Weights other, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new InputException("share " + share + " in an average is not between 0 and 1");
        }
        requireSame("network", one.spec(), other.spec(), one, other);
        requireSame("label set", one.labels(), other.labels(), one, other);
        boolean heads = one.hasTrainingHeads() && other.hasTrainingHeads();
        Weights first = heads ? one : one.inferenceOnly();
        Weights second = heads ? other : other.inferenceOnly();
        Map<String, TensorData> average = new LinkedHashMap<>();
        first.tensors()
                .forEach(
                        (name, tensor) ->
                                average.put(name, of(tensor, second.tensors().get(name), share)));
        return new Weights(
                one.spec(),
                average,
                one.labels(),
                one.scale(),
                one.modelName(),
                one.file(),
                one.sha256(),
                ActivationRanges.NONE);
    }

    private static void requireSame(
            String what, Object ofOne, Object ofOther, Weights one, Weights other) {
        if (!ofOne.equals(ofOther)) {
            throw new InputException(
                    "weights "
                            + one.file()
                            + " and "
                            + other.file()
                            + " have no average: each is of another "
                            + what);
        }
    }

    private static TensorData of(TensorData one, TensorData other, double share) {
        float[] average = one.toFloats();
        float[] others = other.toFloats();
        for (int i = 0; i < average.length; i++) {
            average[i] = (float) ((1 - share) * average[i] + share * others[i]);
        }
        return TensorData.of(average, one.shape());
    }
}
