// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Decodes splits in a task manager's slot. */
package io.stdcseg.job.source.reader;
