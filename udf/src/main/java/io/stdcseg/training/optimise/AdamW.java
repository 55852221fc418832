// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.stdcseg.training.optimise.Parameters.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW: Adam with decoupled weight decay, in PyTorch's arithmetic: moments decay by 0.9 and 0.999,
 * 1e-8 is added to the root.
 *
 * @see <a href="https://arxiv.org/abs/1711.05101">Decoupled Weight Decay Regularization</a>
 */
final class AdamW implements Optimiser {

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final List<Parameter> parameters;
    private final Map<String, NDArray> state = new LinkedHashMap<>();
    private final NDArray steps;

    AdamW(List<Parameter> parameters, NDManager manager) {
        this.parameters = List.copyOf(parameters);
        for (Parameter parameter : parameters) {
            state.put(first(parameter), manager.zeros(parameter.value().getShape()));
            state.put(second(parameter), manager.zeros(parameter.value().getShape()));
        }
        steps = manager.create(0f);
        state.put("steps", steps);
    }

    @Override
    public void step(double rate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            steps.addi(1);
            double step = steps.getFloat();
            double correction = Math.sqrt(1 - Math.pow(BETA_2, step));
            for (Parameter parameter : parameters) {
                if (parameter.value().hasGradient()) {
                    double own = rate * parameter.rateFactor();
                    step(parameter, own, own / (1 - Math.pow(BETA_1, step)), correction);
                }
            }
        }
    }

    private void step(Parameter parameter, double rate, double stepSize, double correction) {
        NDArray value = parameter.value();
        NDArray gradient = value.getGradient();
        NDArray first = state.get(first(parameter));
        NDArray second = state.get(second(parameter));
        if (parameter.decay() > 0) {
            value.muli(1 - rate * parameter.decay());
        }
        first.muli(BETA_1).addi(gradient.mul(1 - BETA_1));
        second.muli(BETA_2).addi(gradient.square().muli(1 - BETA_2));
        NDArray root = second.sqrt().divi(correction).addi(EPSILON);
        value.subi(first.div(root).muli(stepSize));
        gradient.subi(gradient);
    }

    @Override
    public Map<String, NDArray> state() {
        return state;
    }

    private static String first(Parameter parameter) {
        return parameter.name() + ".first";
    }

    private static String second(Parameter parameter) {
        return parameter.name() + ".second";
    }
}
