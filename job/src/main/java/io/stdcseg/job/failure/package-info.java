// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A plugin of Flink's JobManager that tells the cause of a failure in one line. */
package io.stdcseg.job.failure;
