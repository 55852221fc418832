// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The training loop, its tasks, validation and state. */
package io.stdcseg.training;
