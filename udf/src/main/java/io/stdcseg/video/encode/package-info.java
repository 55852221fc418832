// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** Frames to segments of video in any of several codecs, and segments to one file. */
package io.stdcseg.video.encode;
