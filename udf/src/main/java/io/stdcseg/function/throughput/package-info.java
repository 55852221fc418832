// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The operator that counts frames per second, and how long they took. */
package io.stdcseg.function.throughput;
