// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What operators tell of their work by Flink's metrics: durations, stalls, and spans of sampled
 * frames.
 */
package io.stdcseg.function.telemetry;
