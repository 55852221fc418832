// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Writes lines, JSON or CSV, exactly once. */
package io.stdcseg.job.output.lines;
