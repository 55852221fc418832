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
 * Stochastic gradient descent with momentum as PyTorch has it: {@code v = momentum v + gradient +
 * decay w}, then {@code w = w - rate v}. DJL's own applies the rate before the momentum, which
 * differs while the rate changes, and its decay is for all parameters alike.
 */
final class Sgd implements Optimiser {

    private final List<Parameter> parameters;
    private final double momentum;
    private final Map<String, NDArray> velocities = new LinkedHashMap<>();

    Sgd(List<Parameter> parameters, double momentum, NDManager memory) {
        this.parameters = List.copyOf(parameters);
        this.momentum = momentum;
        for (Parameter parameter : parameters) {
            velocities.put(parameter.name(), memory.zeros(parameter.value().getShape()));
        }
    }

    @Override
    public void step(double rate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            for (Parameter parameter : parameters) {
                if (parameter.value().hasGradient()) {
                    step(parameter, rate * parameter.rateFactor());
                }
            }
        }
    }

    private void step(Parameter parameter, double rate) {
        NDArray value = parameter.value();
        NDArray gradient = value.getGradient();
        NDArray velocity = velocities.get(parameter.name());
        velocity.muli(momentum).addi(gradient);
        if (parameter.decay() > 0) {
            velocity.addi(value.stopGradient().mul(parameter.decay()));
        }
        value.subi(velocity.mul(rate));
        gradient.subi(gradient);
    }

    @Override
    public Map<String, NDArray> state() {
        return velocities;
    }
}
