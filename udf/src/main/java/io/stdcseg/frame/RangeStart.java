// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Marker: the frames of a range follow.
 *
 * @param expectedFrames how many frames the container announces; 0 where it does not say
 */
public record RangeStart(String stream, int range, long expectedFrames) implements FrameElement {}
