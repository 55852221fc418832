// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The operator that turns frames and pictures into their masks, asynchronously and in order. */
package io.stdcseg.function.segment;
