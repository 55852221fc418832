// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What computes networks on a device: the seam that every engine implements. */
package io.stdcseg.engine;
