// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Confusion matrices, the scores that follow from them, and histograms of durations. */
package io.stdcseg.metric;
