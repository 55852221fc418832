// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** One run of the job: its topology, and the cluster inside this JVM that it may run on. */
package io.stdcseg.job.run;
