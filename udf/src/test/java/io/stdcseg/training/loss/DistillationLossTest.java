// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import org.junit.jupiter.api.Test;

/** Two classes: scores 0 and ln 3 are probabilities of 1/4 and 3/4. */
class DistillationLossTest {

    private static final float LN_3 = (float) Math.log(3);

    /** 3/4 ln 3 + 1/4 ln 1/3 = ln 3 / 2, of which half counts. */
    @Test
    void isTheDivergenceFromTheTeacher() {
        double loss =
                loss(
                        new TeacherOptions("t", 1, 0.5, 0, 0),
                        new float[] {0, LN_3},
                        new float[] {LN_3, 0},
                        1);

        assertThat(loss).isCloseTo(LN_3 / 4, within(1e-6));
    }

    /**
     * At temperature 2 the scores are 0 and ln sqrt 3: probabilities 1 / (1 + sqrt 3) = 0.36603 and
     * 0.63397, a divergence of 0.26795 ln sqrt 3 = 0.14718, times 4.
     */
    @Test
    void aTemperatureSoftensAndItsSquareMakesUpForIt() {
        double loss =
                loss(
                        new TeacherOptions("t", 2, 1, 0, 0),
                        new float[] {0, LN_3},
                        new float[] {LN_3, 0},
                        1);

        assertThat(loss).isCloseTo(0.588744, within(1e-5));
    }

    @Test
    void isNothingWhereBothAgree() {
        float[] same = {2, 5};

        assertThat(loss(new TeacherOptions("t", 3, 1, 0, 0), same, same, 1))
                .isCloseTo(0, within(1e-7));
    }

    /** Of pictures without labels, only the pixel counts that the teacher gives 3/4. */
    @Test
    void withoutLabelsWhatTheTeacherDoubtsDoesNotCount() {
        TeacherOptions options = new TeacherOptions("t", 1, 1, 0.5, 0.7);
        float[] learnt = {0, 0, LN_3, 0};
        float[] taught = {LN_3, 0.1f, 0, 0};

        assertThat(loss(options, learnt, taught, 0)).isCloseTo(LN_3 / 2, within(1e-6));
        assertThat(loss(options, learnt, new float[4], 0)).isZero();
        assertThat(loss(options, learnt, taught, 1)).isNotCloseTo(LN_3 / 2, within(1e-2));
    }

    /** The second picture's only pixel is in doubt: the mean is that of the first one. */
    @Test
    void labelledPicturesCountWhole() {
        TeacherOptions options = new TeacherOptions("t", 1, 1, 0.5, 0.9);
        try (NDManager manager = PyTorchRuntime.get(1).newBaseManager()) {
            Shape two = new Shape(2, 2, 1, 1);
            NDArray learnt = manager.create(new float[] {0, LN_3, LN_3, 0}, two);
            NDArray taught = manager.create(new float[] {LN_3, 0, 0, LN_3}, two);

            assertThat(new DistillationLoss(options).of(learnt, taught, 1).getFloat())
                    .isCloseTo(LN_3 / 2, within(1e-6f));
        }
    }

    /** One picture of two classes, scores by class. */
    private static double loss(
            TeacherOptions options, float[] learnt, float[] taught, int labelled) {
        try (NDManager manager = PyTorchRuntime.get(1).newBaseManager()) {
            Shape shape = new Shape(1, 2, 1, learnt.length / 2);
            NDArray scores = manager.create(learnt, shape);
            return new DistillationLoss(options)
                    .of(scores, manager.create(taught, shape), labelled)
                    .getFloat();
        }
    }
}
