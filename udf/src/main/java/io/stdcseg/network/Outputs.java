// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

import java.util.Map;

/**
 * Everything the network computes in training.
 *
 * @param out scores of the main head at the input's size
 * @param out16 scores of the auxiliary head on {@code cp8}, at the input's size
 * @param out32 scores of the auxiliary head on {@code cp16}, at the input's size
 * @param details boundary scores, one channel, of the detail heads that were asked for: at 1/2 by 2
 *     and so on
 * @param logits scores of the main head at 1/8, before they are resized
 * @param context what the heads saw
 */
public record Outputs<T>(
        T out, T out16, T out32, Map<Integer, T> details, T logits, Context<T> context) {}
