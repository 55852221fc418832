// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Data sets, samplers and the loader of batches. */
package io.stdcseg.training.data;
