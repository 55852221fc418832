// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A back end that writes ONNX files. */
package io.stdcseg.network.onnx;
