// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Names of the metrics and accumulators that operators register. */
package io.stdcseg.function;
