// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.stdcseg.training.optimise.Parameters.Parameter;
import java.util.List;
import java.util.Map;

/** Optimiser: turns gradients into steps of parameters. For one thread. */
public interface Optimiser {

    /**
     * An optimiser that has not moved yet.
     *
     * @param memory that its state belongs to
     */
    static Optimiser of(OptimiserOptions options, List<Parameter> parameters, NDManager memory) {
        Optimiser optimiser =
                switch (options.method()) {
                    case SGD -> new Sgd(parameters, options.momentum(), memory);
                    case ADAMW -> new AdamW(parameters, memory);
                };
        return options.clip() > 0
                ? new GradientClipping(optimiser, parameters, options.clip(), memory)
                : optimiser;
    }

    /**
     * Moves every parameter that has a gradient, and sets its gradient to zero.
     *
     * @param rate of learning, before the parameters' own factors
     */
    void step(double rate);

    /** Its state, such as moments, by name, live: setting these numbers restores it. */
    Map<String, NDArray> state();
}
