// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Frames to segments of H.264, and segments to one MP4. */
package io.stdcseg.video.encode;
