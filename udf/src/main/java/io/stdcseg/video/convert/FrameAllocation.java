// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.video.Ffmpeg;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/** Allocation of FFmpeg's pictures. */
public final class FrameAllocation {

    private FrameAllocation() {}

    /** A picture with memory of its own; the caller frees it. */
    public static AVFrame allocate(int width, int height, int format) {
        AVFrame frame = Ffmpeg.frame();
        frame.width(width).height(height).format(format);
        int code = avutil.av_frame_get_buffer(frame, 0);
        if (code < 0) {
            avutil.av_frame_free(frame);
            throw new OutOfMemoryError(
                    "FFmpeg cannot allocate a picture of "
                            + width
                            + "x"
                            + height
                            + ": "
                            + Ffmpeg.message(code));
        }
        return frame;
    }
}
