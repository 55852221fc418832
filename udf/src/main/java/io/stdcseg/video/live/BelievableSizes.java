// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.encode.EncoderChoice;
import io.stdcseg.video.encode.VideoFormat;

/**
 * Judge of sizes that pictures of a live stream change to. Damage in a header gives a picture any
 * size, and one that nothing can be done with would end the job, for all of its streams.
 */
final class BelievableSizes {

    /** Of the long side to the short one: networks see pictures with all of their rows. */
    private static final int MOST_ASPECT = 16;

    private final VideoFormat written;
    private StreamInfo refused;

    /**
     * @param written format that has to take the size; null for none
     */
    BelievableSizes(VideoFormat written) {
        this.written = written;
    }

    boolean believes(StreamInfo info) {
        if (info.equals(refused)) {
            return false;
        }
        int longSide = Math.max(info.width(), info.height());
        int shortSide = Math.min(info.width(), info.height());
        boolean believed =
                longSide <= MOST_ASPECT * shortSide
                        && (written == null || EncoderChoice.takes(info, written));
        if (!believed) {
            refused = info;
        }
        return believed;
    }
}
