// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Latency of a network, alone and from picture to mask. */
package io.stdcseg.engine.timing;
