// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Windows over streams, in wall-clock time and in a stream's own. */
package io.stdcseg.function.window;
