// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The log and the page of a training. */
package io.stdcseg.job.report.training;
