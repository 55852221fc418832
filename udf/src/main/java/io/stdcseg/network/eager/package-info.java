// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A back end on DJL arrays, which can learn. */
package io.stdcseg.network.eager;
