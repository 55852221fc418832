// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The engine that runs ONNX by ONNX Runtime. */
package io.stdcseg.engine.onnxruntime;
