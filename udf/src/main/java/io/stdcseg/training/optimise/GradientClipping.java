// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.stdcseg.training.optimise.Parameters.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Gradient clipping by norm: scales all gradients by one factor where together they are too long,
 * before another optimiser takes a step. One odd batch neither throws weights far off nor holds
 * Adam up for the thousand steps that its second moment remembers it.
 *
 * @see <a href="https://arxiv.org/abs/1211.5063">On the difficulty of training Recurrent Neural
 *     Networks</a>
 */
final class GradientClipping implements Optimiser {

    private final Optimiser optimiser;
    private final List<Parameter> parameters;
    private final double maxNorm;
    private final NDManager manager;

    /**
     * @param maxNorm Euclidean norm of all gradients together
     * @param manager for sums
     */
    GradientClipping(
            Optimiser optimiser, List<Parameter> parameters, double maxNorm, NDManager manager) {
        this.optimiser = optimiser;
        this.parameters = List.copyOf(parameters);
        this.maxNorm = maxNorm;
        this.manager = manager;
    }

    @Override
    public void step(double rate) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray squares = manager.create(0f);
            for (Parameter parameter : parameters) {
                if (parameter.value().hasGradient()) {
                    squares.addi(parameter.value().getGradient().square().sum());
                }
            }
            double norm = Math.sqrt(squares.getFloat());
            if (!Double.isFinite(norm)) {
                throw new ArithmeticException("gradients have the norm " + norm);
            }
            if (norm > maxNorm) {
                for (Parameter parameter : parameters) {
                    if (parameter.value().hasGradient()) {
                        parameter.value().getGradient().muli(maxNorm / norm);
                    }
                }
            }
        }
        optimiser.step(rate);
    }

    @Override
    public Map<String, NDArray> state() {
        return optimiser.state();
    }
}
