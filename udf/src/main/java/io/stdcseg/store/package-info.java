// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Flink's file systems, object stores among them, as paths of java.nio.file. */
package io.stdcseg.store;
