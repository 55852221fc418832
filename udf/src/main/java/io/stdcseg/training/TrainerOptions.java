// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training;

import io.stdcseg.checkpoint.Weights;

/**
 * What a training needs beside a recipe and pictures.
 *
 * @param start weights to start from; tensors they lack, or have in another shape, start as new
 *     ones do. Null = all new
 * @param resume whether to go on with the training in the output folder
 * @param device {@code auto}, {@code cpu}, {@code gpu}, or {@code gpu:} and numbers with commas
 * @param threads on a CPU, each of which learns from its part of a batch; 0 = one per core
 */
public record TrainerOptions(Weights start, boolean resume, String device, int threads) {}
