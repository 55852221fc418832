// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parameter groups: which tensors of a network learn, and how, by the published rule. Convolutions
 * have weight decay and norms do not; fusion and output heads have a higher learning rate.
 */
public final class Parameters {

    private static final String BACKBONE = "cp.backbone.";

    private Parameters() {}

    /**
     * Marks the tensors that learn, so that gradients are taken.
     *
     * @param tensors of the network by published name
     */
    public static List<Parameter> of(Map<String, NDArray> tensors, OptimiserOptions options) {
        List<Parameter> parameters = new ArrayList<>();
        tensors.forEach(
                (name, tensor) -> {
                    boolean convolution = tensor.getShape().dimension() > 1;
                    boolean fixed = !options.backboneNorms() && name.startsWith(BACKBONE);
                    if (!isStatistic(name) && (convolution || !fixed)) {
                        tensor.setRequiresGradient(true);
                        parameters.add(
                                new Parameter(
                                        name,
                                        tensor,
                                        isHead(name) ? options.headFactor() : 1,
                                        convolution ? options.weightDecay() : 0));
                    }
                });
        return parameters;
    }

    private static boolean isStatistic(String name) {
        return name.endsWith(".running_mean") || name.endsWith(".running_var");
    }

    private static boolean isHead(String name) {
        return name.startsWith("ffm.") || name.startsWith("conv_out");
    }

    /**
     * A tensor that learns, with its group's settings.
     *
     * @param name as published
     * @param value that steps change
     * @param rateFactor by which it learns faster than others
     * @param decay share of itself that is added to its gradient, or taken off it, per unit of rate
     */
    public record Parameter(String name, NDArray value, double rateFactor, double decay) {}
}
