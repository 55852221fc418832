// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Writes JSON lines exactly once. */
package io.stdcseg.job.output.lines;
