// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What training minimises: OHEM cross entropy, detail guidance, soft IoU, divergence from a
 * teacher.
 */
package io.stdcseg.training.loss;
