// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Writes a mask picture for every frame. */
package io.stdcseg.job.output.mask;
