// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.network.quantise.ActivationRanges;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.weights.Weights.Overrides;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightAverageTest {

    private static final LabelSet PARTS =
            new LabelSet(
                    "parts",
                    List.of(new LabelClass("belt", 1, 2, 3), new LabelClass("box", 4, 5, 6)),
                    Map.of(0, 0, 1, 1));

    private final Weights ones = constant(PublishedModel.STDC1_SEG50, PARTS, 1);
    private final Weights fives = constant(PublishedModel.STDC1_SEG50, PARTS, 5);

    @Test
    void everyNumberIsBetweenThatOfBoth() {
        Weights average = ones.averagedWith(fives, 0.25);

        assertThat(average.tensors()).containsOnlyKeys(ones.tensors().keySet());
        for (TensorData tensor : average.tensors().values()) {
            for (float value : tensor.toFloats()) {
                assertThat(value).isCloseTo(2, within(1e-6f));
            }
        }
        assertThat(average.scale()).isEqualTo(ones.scale());
        assertThat(average.modelName()).isEqualTo(ones.modelName());
        assertThat(average.ranges()).isEqualTo(ActivationRanges.NONE);
    }

    @Test
    void withoutTheHeadsOfTrainingUnlessBothHaveThem() {
        assertThat(ones.averagedWith(fives, 0.5).hasTrainingHeads()).isTrue();
        assertThat(ones.averagedWith(fives.inferenceOnly(), 0.5).tensors())
                .containsOnlyKeys(ones.inferenceOnly().tensors().keySet());
    }

    @Test
    void whatIsNoAverageIsRefused() {
        refuses(ones, 1.5, "share 1.5 in an average is not between 0 and 1");
        refuses(
                constant(PublishedModel.STDC2_SEG50, PARTS, 1),
                0.5,
                "weights initial and initial have no average: each is of another network");
        LabelSet swapped =
                new LabelSet(
                        "swapped",
                        List.of(PARTS.classes().get(1), PARTS.classes().get(0)),
                        Map.of(0, 0, 1, 1));
        refuses(
                constant(PublishedModel.STDC1_SEG50, swapped, 1),
                0.5,
                "weights initial and initial have no average: each is of another label set");
    }

    private void refuses(Weights others, double share, String message) {
        assertThatThrownBy(() -> ones.averagedWith(others, share))
                .isInstanceOf(InputException.class)
                .hasMessage(message);
    }

    private static Weights constant(PublishedModel model, LabelSet labels, float value) {
        Weights initial = Weights.initial(new Overrides(model, labels, null));
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        InitialWeights.tensors(initial.spec(), 1)
                .forEach((name, tensor) -> tensors.put(name, filled(tensor, value)));
        return new Weights(
                initial.spec(),
                tensors,
                labels,
                initial.scale(),
                initial.modelName(),
                "initial",
                initial.sha256());
    }

    private static TensorData filled(TensorData tensor, float value) {
        float[] values = new float[(int) tensor.elements()];
        Arrays.fill(values, value);
        return TensorData.of(values, tensor.shape());
    }
}
