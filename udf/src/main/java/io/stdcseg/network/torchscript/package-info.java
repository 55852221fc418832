// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A back end that writes TorchScript archives. */
package io.stdcseg.network.torchscript;
