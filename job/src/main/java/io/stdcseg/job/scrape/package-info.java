// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Flink's metrics for a Prometheus on this machine. */
package io.stdcseg.job.scrape;
