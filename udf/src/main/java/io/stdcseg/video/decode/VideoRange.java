// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.decode;

import java.io.Serializable;

/**
 * Range of a video: the pictures with {@code startPts <= pts < endPts}, and where decoding has to
 * begin for them to come out as they do when the whole file is decoded.
 *
 * @param keyPts timestamp of the key frame that decoding begins at, in ticks, which may lie before
 *     the range; {@link Long#MIN_VALUE} for the file's beginning
 * @param startPts in ticks; {@link Long#MIN_VALUE} for no bound
 * @param endPts in ticks; {@link Long#MAX_VALUE} for no bound
 * @param firstPicture number, in the file, of the range's first picture
 * @param pictures how many there are; negative where nobody has counted them
 */
public record VideoRange(long keyPts, long startPts, long endPts, long firstPicture, long pictures)
        implements Serializable {

    private static final long UNCOUNTED = -1;

    /** All of a file, as it comes. */
    public static final VideoRange WHOLE =
            new VideoRange(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, 0, UNCOUNTED);

    public VideoRange {
        if (startPts > endPts || keyPts > startPts) {
            throw new IllegalArgumentException(
                    "range from "
                            + startPts
                            + " to "
                            + endPts
                            + ", decoded from "
                            + keyPts
                            + "; these must not decrease from the last to the first to the second");
        }
    }

    /** Whether the pictures are counted, so that each is known by its timestamp. */
    public boolean counted() {
        return pictures >= 0;
    }

    /** Whether decoding begins within the file. */
    boolean seeks() {
        return keyPts != Long.MIN_VALUE;
    }

    /** Whether a picture of that timestamp is in the range. */
    public boolean holds(long pts) {
        return pts >= startPts && pts < endPts;
    }
}
