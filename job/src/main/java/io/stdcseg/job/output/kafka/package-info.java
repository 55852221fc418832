// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Sends lines to Apache Kafka exactly once, by Flink's connector. */
package io.stdcseg.job.output.kafka;
