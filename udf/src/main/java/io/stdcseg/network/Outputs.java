// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * Everything the network computes in training.
 *
 * @param out scores of the main head at the input's size
 * @param out16 scores of the auxiliary head on {@code cp8}, at the input's size
 * @param out32 scores of the auxiliary head on {@code cp16}, at the input's size
 * @param detail2 boundary scores at 1/2, one channel
 * @param detail4 boundary scores at 1/4
 * @param detail8 boundary scores at 1/8
 * @param logits scores of the main head at 1/8, before they are resized
 * @param context what the heads saw
 */
public record Outputs<T>(
        T out, T out16, T out32, T detail2, T detail4, T detail8, T logits, Context<T> context) {}
