// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

/**
 * Call of a network on one batch.
 *
 * @param pictures how many it was for
 * @param nanos how long it took, from 8-bit pixels to train ids; nothing that came before
 */
public record NetworkCall(int pictures, long nanos) {}
