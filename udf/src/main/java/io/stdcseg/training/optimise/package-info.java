// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Optimisers, learning rate schedules and weight averages. */
package io.stdcseg.training.optimise;
