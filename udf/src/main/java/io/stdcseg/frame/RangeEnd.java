// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Marker: every frame of a range has passed.
 *
 * @param frames how many frames the range gave
 * @param skipped how many pictures of it could not be decoded and were left out
 */
public record RangeEnd(String stream, int range, long frames, long skipped)
        implements FrameElement {}
