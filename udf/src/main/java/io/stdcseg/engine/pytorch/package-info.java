// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The engine that runs TorchScript by PyTorch. */
package io.stdcseg.engine.pytorch;
