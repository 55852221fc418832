// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0

/** live.html and live.json: what a run does while it goes on. */
package io.stdcseg.job.report.live;
