// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

/**
 * Marker: the stream has no more ranges than these. Ranges of other slots may still be on their
 * way.
 *
 * @param source where the stream came from
 * @param ranges how many ranges the stream was cut into; 0 if it could not be opened
 * @param error why the stream ended early, null if it did not
 */
public record StreamEnd(String stream, String source, int ranges, String error)
        implements FrameElement {}
