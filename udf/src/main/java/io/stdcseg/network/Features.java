// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/**
 * What the backbone sees, named by the part of the picture's size at which it sees it.
 *
 * @param at2 32 channels
 * @param at4 64 channels
 * @param at8 256 channels
 * @param at16 512 channels
 * @param at32 1024 channels
 */
public record Features<T>(T at2, T at4, T at8, T at16, T at32) {}
