// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** summary.json and report.html of a run, and the page of two. */
package io.stdcseg.job.report;
