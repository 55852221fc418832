// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Options of the command line and what they say once read. */
package io.stdcseg.job.options;
