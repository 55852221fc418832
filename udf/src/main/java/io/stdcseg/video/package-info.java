// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** FFmpeg's libraries, containers, packets and native memory, as every room below needs them. */
package io.stdcseg.video;
