// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What a checkpoint means: whose names its tensors bear, whether they fit, and what the file says
 * of itself.
 */
package io.stdcseg.weights;
