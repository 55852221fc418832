// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Tensors as plain bytes, and the safetensors file format. */
package io.stdcseg.tensor;
