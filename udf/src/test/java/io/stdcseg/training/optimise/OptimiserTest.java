// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.stdcseg.training.optimise.OptimiserOptions.Method;
import io.stdcseg.training.optimise.Parameters.Parameter;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptimiserTest {

    private static final double[] RATES = {0.1, 0.05, 0.2};

    /** Three steps of torch 1.13's optimisers on the same function with weight decay 0.01. */
    private static final Map<Method, float[]> PYTORCH =
            Map.of(
                    Method.SGD,
                    new float[] {-0.4077995f, -188.6434f, -0.3839372f, 116.84460f},
                    Method.ADAMW,
                    new float[] {0.6515521f, -2.3433540f, 0.1634891f, 3.3397150f});

    @ParameterizedTest
    @EnumSource
    void stepsAsPyTorchDoes(Method method) {
        try (NDManager memory = memory()) {
            NDArray w = memory.create(new float[] {1, -2, 0.5f, 3}, new Shape(2, 2));
            Optimiser optimiser = optimiser(method, w, memory);
            for (double rate : RATES) {
                takeGradient(w, memory);
                optimiser.step(rate);
            }

            assertClose(w.toFloatArray(), PYTORCH.get(method));
        }
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromItsState(Method method) {
        try (NDManager memory = memory()) {
            NDArray w = memory.create(new float[] {1, -2, 0.5f, 3}, new Shape(2, 2));
            Optimiser first = optimiser(method, w, memory);
            takeGradient(w, memory);
            first.step(RATES[0]);
            Optimiser second = optimiser(method, w, memory);
            second.state()
                    .forEach((name, array) -> array.set(first.state().get(name).toFloatArray()));
            for (double rate : List.of(RATES[1], RATES[2])) {
                takeGradient(w, memory);
                second.step(rate);
            }

            assertClose(w.toFloatArray(), PYTORCH.get(method));
        }
    }

    @Test
    void gradientsThatAreNoNumbersReachNoParameter() {
        try (NDManager memory = memory()) {
            NDArray w = memory.create(new float[] {1, -2, 0.5f, 3}, new Shape(2, 2));
            Optimiser optimiser = optimiser(Method.SGD, 1000, w, memory);
            takeGradient(w, memory);
            w.getGradient().set(new float[] {1, Float.POSITIVE_INFINITY, 0, 0});

            assertThatThrownBy(() -> optimiser.step(RATES[0]))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("gradients have the norm Infinity");
            assertThat(w.toFloatArray()).containsExactly(1, -2, 0.5f, 3);
        }
    }

    @Test
    void clipsGradientsThatAreTooLong() {
        try (NDManager memory = memory()) {
            NDArray w = memory.create(new float[] {1, -2, 0.5f, 3}, new Shape(2, 2));
            NDArray other = memory.create(new float[] {1, -2, 0.5f, 3}, new Shape(2, 2));
            Optimiser far = optimiser(Method.SGD, 1000, w, memory);
            takeGradient(w, memory); // 3, 24, 2.25, -27: 36.3 long
            float[] gradient = w.getGradient().toFloatArray();
            far.step(0.1);
            assertClose(w.toFloatArray(), moved(gradient, 1));

            Optimiser near = optimiser(Method.SGD, 2, other, memory);
            takeGradient(other, memory);
            near.step(0.1);
            assertClose(other.toFloatArray(), moved(gradient, 2 / norm(gradient)));
        }
    }

    /** A first step of SGD with weight decay 0.01 and rate 0.1. */
    private static float[] moved(float[] gradient, double factor) {
        float[] w = {1, -2, 0.5f, 3};
        for (int i = 0; i < w.length; i++) {
            w[i] -= (float) (0.1 * (factor * gradient[i] + 0.01 * w[i]));
        }
        return w;
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    @Test
    void warmsUpExponentiallyAndDecaysAsAPower() {
        LearningRateSchedule schedule =
                new LearningRateSchedule(100, 10, 0.01, LearningRateSchedule.Decay.POLY, 0.9);

        assertThat(schedule.factor(0)).isEqualTo(0.01);
        assertThat(schedule.factor(5)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.factor(10)).isEqualTo(1);
        assertThat(schedule.factor(55)).isCloseTo(Math.pow(0.5, 0.9), within(1e-12));
        assertThat(schedule.factor(99)).isPositive();
    }

    @Test
    void anExponentialMovingAverageForgetsFastAtFirst() {
        try (NDManager memory = memory()) {
            NDArray w = memory.create(new float[] {0});
            ExponentialMovingAverage average =
                    new ExponentialMovingAverage(0.5, Map.of("w", w), memory);
            w.set(new float[] {10});
            average.update(0); // keeps 1/10
            assertThat(average.tensors().get("w").getFloat(0)).isEqualTo(9);
            average.update(1000); // keeps 1/2
            assertThat(average.tensors().get("w").getFloat(0)).isEqualTo(9.5f);
        }
    }

    private static Offset<Double> within(double offset) {
        return Offset.offset(offset);
    }

    private static Optimiser optimiser(Method method, NDArray w, NDManager memory) {
        return optimiser(method, 0, w, memory);
    }

    private static Optimiser optimiser(Method method, double clip, NDArray w, NDManager memory) {
        w.setRequiresGradient(true);
        OptimiserOptions options = new OptimiserOptions(method, 1, 1, 0.9, 0.01, clip, true);
        return Optimiser.of(options, List.of(new Parameter("w", w, 1, 0.01)), memory);
    }

    /** Of w^3 times 1, 2, 3 and -1. */
    private static void takeGradient(NDArray w, NDManager memory) {
        NDArray factors = memory.create(new float[] {1, 2, 3, -1}, new Shape(2, 2));
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
            collector.backward(w.mul(w).mul(w).mul(factors).sum());
        }
    }

    private static void assertClose(float[] values, float[] expected) {
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i] / expected[i]).isCloseTo(1, Offset.offset(1e-5f));
        }
    }

    private static NDManager memory() {
        return NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }
}
