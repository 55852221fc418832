// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Publishes streams while they run: HLS playlists, and files of equal length. */
package io.stdcseg.job.output.playlist;
