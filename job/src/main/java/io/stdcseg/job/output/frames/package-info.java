// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Keeps those frames of a run that are worth a look, as pictures with their masks. */
package io.stdcseg.job.output.frames;
