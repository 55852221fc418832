// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.optimise;

import ai.djl.ndarray.NDArray;

/**
 * A tensor that learns.
 *
 * @param name as published
 * @param value that steps change
 * @param rateFactor by which it learns faster than others
 * @param decay share of itself that is added to its gradient, or taken off it, per unit of rate
 */
public record Parameter(String name, NDArray value, double rateFactor, double decay) {}
