// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * The backbone's features and what the context path makes of them.
 *
 * @param features of the backbone
 * @param cp8 128 channels at 1/8
 * @param cp16 128 channels at 1/16
 */
public record Context<T>(Features<T> features, T cp8, T cp16) {}
