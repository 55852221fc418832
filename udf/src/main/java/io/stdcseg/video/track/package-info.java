// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** What goes along with a video's pictures: sound, subtitles, chapters and tags. */
package io.stdcseg.video.track;
