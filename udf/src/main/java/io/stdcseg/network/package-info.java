// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** The architecture of STDC-Seg, written once against operations that back ends supply. */
package io.stdcseg.network;
