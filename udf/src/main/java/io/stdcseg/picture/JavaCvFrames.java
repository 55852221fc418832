// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.picture;

import io.stdcseg.video.overlay.Overlay;
import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/**
 * Conversions of pictures and masks from and to JavaCV's frames, for those whose cameras, grabbers,
 * recorders and windows are JavaCV's.
 *
 * <p>Channels are those that JavaCV's grabber gives and its recorder takes: one is grey, three are
 * BGR, four are RGBA. Frames that are made here own their memory; the caller closes them. All
 * methods are thread-safe, as long as nobody changes what they read.
 */
public final class JavaCvFrames {

    private static final int RGB = 3;

    private JavaCvFrames() {}

    /**
     * Copies a frame's picture; transparency is dropped.
     *
     * @param frame with a picture of 8 bits and 1, 3 or 4 channels; rows may be padded
     * @throws IllegalArgumentException if it has no picture, or another kind of one
     */
    public static Picture picture(Frame frame) {
        ByteBuffer samples = samples(frame);
        int width = frame.imageWidth;
        int channels = frame.imageChannels;
        int red = channels == 3 ? 2 : 0;
        int green = channels == 1 ? 0 : 1;
        int blue = channels == 4 ? 2 : 0;
        byte[] row = new byte[width * channels];
        byte[] rgb = new byte[RGB * width * frame.imageHeight];
        int to = 0;
        for (int y = 0; y < frame.imageHeight; y++) {
            samples.get(y * frame.imageStride, row);
            for (int from = 0; from < row.length; from += channels) {
                rgb[to++] = row[from + red];
                rgb[to++] = row[from + green];
                rgb[to++] = row[from + blue];
            }
        }
        return new Picture(width, frame.imageHeight, rgb);
    }

    /** Makes a BGR frame of a picture. */
    public static Frame frame(Picture picture) {
        byte[] rgb = picture.rgb();
        byte[] row = new byte[RGB * picture.width()];
        Frame frame = new Frame(picture.width(), picture.height(), Frame.DEPTH_UBYTE, RGB);
        ByteBuffer samples = (ByteBuffer) frame.image[0];
        int from = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int to = 0; to < row.length; to += RGB) {
                row[to + 2] = rgb[from++];
                row[to + 1] = rgb[from++];
                row[to] = rgb[from++];
            }
            samples.put(y * frame.imageStride, row);
        }
        return frame;
    }

    /**
     * Makes a grey frame whose samples are train ids.
     *
     * @param mask {@code width * height} ids from the buffer's position on
     */
    public static Frame mask(int width, int height, ByteBuffer mask) {
        requireIds(mask, width, height);
        Frame frame = new Frame(width, height, Frame.DEPTH_UBYTE, 1);
        ByteBuffer samples = (ByteBuffer) frame.image[0];
        for (int y = 0; y < height; y++) {
            samples.put(y * frame.imageStride, mask, mask.position() + y * width, width);
        }
        return frame;
    }

    /**
     * Makes a BGR frame of a picture with the colours of its mask over it; the picture stays as it
     * is.
     *
     * @param mask a train id for each pixel, from the buffer's position on
     * @param overlay draws; one thread's at a time
     */
    public static Frame overlay(Picture picture, ByteBuffer mask, Overlay overlay) {
        int width = picture.width();
        int height = picture.height();
        requireIds(mask, width, height);
        byte[] rgb = picture.rgb().clone();
        overlay.drawRgb(ByteBuffer.wrap(rgb), width, height, mask);
        return frame(new Picture(width, height, rgb));
    }

    private static ByteBuffer samples(Frame frame) {
        if (frame.image == null || frame.image.length == 0) {
            throw new IllegalArgumentException("frame has no picture; it may be one of sound");
        }
        int channels = frame.imageChannels;
        boolean known = channels == 1 || channels == 3 || channels == 4;
        if (!known
                || frame.imageDepth != Frame.DEPTH_UBYTE
                || !(frame.image[0] instanceof ByteBuffer)) {
            throw new IllegalArgumentException(
                    "frame has "
                            + channels
                            + " channels of "
                            + Math.abs(frame.imageDepth)
                            + " bits"
                            + (frame.imageDepth < 0 ? " with a sign" : "")
                            + "; 1 (grey), 3 (BGR) or 4 (RGBA) of 8 without one are needed");
        }
        ByteBuffer samples = (ByteBuffer) frame.image[0];
        int row = frame.imageWidth * channels;
        long bytes = (frame.imageHeight - 1L) * frame.imageStride + row;
        if (frame.imageStride < row || bytes > samples.limit()) {
            throw new IllegalArgumentException(
                    "frame of "
                            + frame.imageWidth
                            + "x"
                            + frame.imageHeight
                            + " with "
                            + channels
                            + " channels has rows of "
                            + frame.imageStride
                            + " bytes and "
                            + samples.limit()
                            + " in all; "
                            + row
                            + " and "
                            + bytes
                            + " are the least");
        }
        return samples;
    }

    private static void requireIds(ByteBuffer mask, int width, int height) {
        if (mask.remaining() < width * height) {
            throw new IllegalArgumentException(
                    "mask has "
                            + mask.remaining()
                            + " bytes left; "
                            + width
                            + "x"
                            + height
                            + " takes "
                            + width * height);
        }
    }
}
