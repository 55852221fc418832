// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What 8-bit levels stand for, shared by the back ends that compute in int8. */
package io.stdcseg.network.quantise;
