// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import java.nio.file.Path;

/**
 * Where a video's sound, and what else goes along with its pictures, comes from.
 *
 * @param file any media file; all its audio tracks, subtitles, chapters and tags are taken
 * @param fromSeconds stream time at which they begin to be taken
 * @param toSeconds stream time at which they end
 */
public record AudioSource(Path file, double fromSeconds, double toSeconds) {

    /** All the sound of a file. */
    public static AudioSource all(Path file) {
        return new AudioSource(file, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }
}
