// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Prepares an installed Flink for the job. */
package io.stdcseg.job.install;
