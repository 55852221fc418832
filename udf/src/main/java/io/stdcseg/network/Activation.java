// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network;

/** What follows a convolution and its norm. */
public enum Activation {
    NONE,
    RELU,
    SIGMOID
}
