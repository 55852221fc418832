// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Hands splits to readers, in the JobManager. */
package io.stdcseg.job.source.enumerator;
