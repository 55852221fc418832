// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Files that are complete or absent, durable, and named in any language. */
package io.stdcseg.file;
