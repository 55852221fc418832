// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A back end that computes sizes: parameters, layers and cost of a network. */
package io.stdcseg.network.shape;
