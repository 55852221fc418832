// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Writes masked video exactly once: segments, their committer, the whole file. */
package io.stdcseg.job.output.video;
