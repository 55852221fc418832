// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** New weights for a job that runs: found, copied, and taken by all subtasks at one checkpoint. */
package io.stdcseg.function.weights;
