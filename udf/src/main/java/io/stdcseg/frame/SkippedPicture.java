// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Marker: a picture that cannot be decoded was left out here.
 *
 * @param index number of the picture in its range; of damage in a video, of the picture before it
 * @param name its file in the stream's folder; null in a video
 * @param reason why, in one line
 */
public record SkippedPicture(String stream, int range, long index, String name, String reason)
        implements FrameElement {}
