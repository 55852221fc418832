// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** summary.json and report.html of a run. */
package io.stdcseg.job.report;
