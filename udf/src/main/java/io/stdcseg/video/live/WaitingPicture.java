// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.live;

import io.stdcseg.frame.MotionField;
import io.stdcseg.frame.StreamInfo;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Picture that was decoded and waits, as the decoder gave it.
 *
 * @param before position of the stream before the picture, not counting what was dropped
 * @param after the same behind it
 * @param arrivedNanos by {@link System#nanoTime()}
 * @param motion from the picture before; null where it is not known
 */
record WaitingPicture(
        AVFrame frame,
        StreamInfo info,
        LivePosition before,
        LivePosition after,
        long durationMicros,
        long arrivedNanos,
        MotionField motion) {

    /** What it holds on to, about: deep pictures take twice as much. */
    long bytes() {
        return 2L * info.yuvBytes();
    }

    void free() {
        avutil.av_frame_free(frame);
    }
}
