// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Counts of pixels, with labels and without, and the scores that follow from them. */
package io.stdcseg.metric;
