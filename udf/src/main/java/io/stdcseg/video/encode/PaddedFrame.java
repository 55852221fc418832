// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.FfmpegTypes;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** Edge padding: a packed planar picture in an FFmpeg frame that may be a row or column larger. */
final class PaddedFrame {

    private PaddedFrame() {}

    /** Fills {@code target}, whose sides are those of the stream rounded up to even. */
    static void fill(AVFrame target, ByteBuffer yuv, StreamInfo info) {
        BytePointer source = FfmpegTypes.pointer(yuv, info.yuvBytes(), "YUV of " + info.name());
        long start = source.position();
        int width = info.width();
        int height = info.height();
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        plane(target, 0, source, width, height);
        source.position(start + (long) width * height);
        plane(target, 1, source, chromaWidth, chromaHeight);
        source.position(start + (long) width * height + (long) chromaWidth * chromaHeight);
        plane(target, 2, source, chromaWidth, chromaHeight);
        // Chroma of an odd picture is rounded up already; only luma can lack a row or column.
        pad(target.data(0), target.linesize(0), width, height, target.width(), target.height());
    }

    private static void plane(
            AVFrame target, int plane, BytePointer source, int width, int height) {
        avutil.av_image_copy_plane(
                target.data(plane), target.linesize(plane), source, width, width, height);
    }

    private static void pad(
            BytePointer plane, int stride, int width, int height, int toWidth, int toHeight) {
        if (toWidth > width) {
            for (int y = 0; y < height; y++) {
                long end = (long) y * stride + width;
                plane.put(end, plane.get(end - 1));
            }
        }
        if (toHeight > height) {
            byte[] row = new byte[toWidth];
            plane.position((long) (height - 1) * stride).get(row);
            plane.position((long) height * stride).put(row);
        }
    }
}
