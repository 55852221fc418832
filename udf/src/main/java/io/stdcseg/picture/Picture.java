// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import io.stdcseg.video.Ffmpeg;
import io.stdcseg.video.FfmpegLibraries;
import io.stdcseg.video.convert.Scaler;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;

/**
 * Upright RGB picture of 8 bits.
 *
 * @param rgb {@code height} rows of {@code width} RGB triples
 */
public record Picture(int width, int height, byte[] rgb) {

    public Picture {
        if (width <= 0 || height <= 0 || rgb.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    rgb.length + " bytes for a picture of " + width + "x" + height);
        }
    }

    /** Writes the rows of RGB triples from the buffer's position on, which stays where it is. */
    public void writeRgb(ByteBuffer target) {
        target.put(target.position(), rgb);
    }

    /** This picture in another size, by bicubic interpolation. */
    public Picture scaledTo(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        AVFrame source = toFrame();
        AVFrame target = null;
        try (Scaler scaler = new Scaler(swscale.SWS_BICUBIC | swscale.SWS_ACCURATE_RND)) {
            target = Ffmpeg.frame(newWidth, newHeight, avutil.AV_PIX_FMT_RGB24);
            scaler.convert(source, target, Scaler.PictureFormat.rgb(newWidth, newHeight));
            byte[] scaled = new byte[3 * newWidth * newHeight];
            for (int y = 0; y < newHeight; y++) {
                target.data(0)
                        .position((long) y * target.linesize(0))
                        .get(scaled, y * 3 * newWidth, 3 * newWidth);
            }
            return new Picture(newWidth, newHeight, scaled);
        } finally {
            avutil.av_frame_free(source);
            avutil.av_frame_free(target);
        }
    }

    private AVFrame toFrame() {
        FfmpegLibraries.load();
        AVFrame frame = Ffmpeg.frame(width, height, avutil.AV_PIX_FMT_RGB24);
        for (int y = 0; y < height; y++) {
            frame.data(0).position((long) y * frame.linesize(0)).put(rgb, y * 3 * width, 3 * width);
        }
        return frame;
    }
}
