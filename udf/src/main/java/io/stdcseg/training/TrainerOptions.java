// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.tensor.TensorData;
import java.util.Map;

/**
 * What a training needs beside a recipe and pictures.
 *
 * @param start tensors of the network to start from, plain, by published name; others start as new
 *     ones do
 * @param resume whether to go on with the training in the output folder
 * @param device {@code auto}, {@code cpu}, {@code gpu}, or {@code gpu:} and numbers with commas
 * @param threads on a CPU, each of which learns from its part of a batch; 0 = one per core
 */
public record TrainerOptions(
        Map<String, TensorData> start, boolean resume, String device, int threads) {

    public TrainerOptions {
        start = Map.copyOf(start);
    }
}
