// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Writes pictures of every frame: its mask, and how sure the network is of it. */
package io.stdcseg.job.output.mask;
