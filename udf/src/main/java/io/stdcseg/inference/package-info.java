// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** One network of a process shared by all its slots, batched. */
package io.stdcseg.inference;
