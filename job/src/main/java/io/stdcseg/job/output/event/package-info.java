// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Tells of masked video as it is published: segments, chunks, whole files. */
package io.stdcseg.job.output.event;
