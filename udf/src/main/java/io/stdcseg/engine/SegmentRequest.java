// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import io.stdcseg.frame.Confidence;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.network.InputScale;
import java.nio.ByteBuffer;

/**
 * Request to segment one picture: the picture, and where its mask goes. Buffers are read and
 * written from position 0 and belong to the segmenter until it is done; direct ones are used
 * without a copy.
 *
 * @param width of the picture and the mask
 * @param height of the picture and the mask
 * @param picture upright: {@code height} rows of {@code width} RGB triples; where {@code yuvToRgb}
 *     is there planes Y, U, V without padding, of even width and height
 * @param yuvToRgb how planes become RGB; null of RGB, the only kind that every network takes: see
 *     {@link Segmenter#takesPlanes()}
 * @param mask receives {@code height} rows of {@code width} train ids
 * @param confidence receives for each pixel the margin between the two highest softmax scores at
 *     1/8, then for each the highest, 255 for 1, enlarged; null where nobody asks
 * @param scale at which the network sees the picture; null for the network's own, the only one
 *     where {@link Segmenter#scale()} names none
 */
public record SegmentRequest(
        int width,
        int height,
        ByteBuffer picture,
        YuvToRgb yuvToRgb,
        ByteBuffer mask,
        ByteBuffer confidence,
        InputScale scale) {

    /** Bytes of an RGB triple. */
    public static final int CHANNELS = 3;

    public SegmentRequest {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height);
        }
        if (yuvToRgb != null && (width % 2 != 0 || height % 2 != 0)) {
            throw new IllegalArgumentException("planes of a picture of " + width + "x" + height);
        }
        int pixels = Math.multiplyExact(width, height);
        int numbers = Math.multiplyExact(pixels, CHANNELS);
        need("picture", picture, yuvToRgb == null ? numbers : numbers / 2);
        need("mask", mask, pixels);
        if (confidence != null) {
            need("confidence", confidence, Math.multiplyExact(pixels, Confidence.BYTES));
        }
    }

    /** Of RGB. */
    public SegmentRequest(
            int width,
            int height,
            ByteBuffer rgb,
            ByteBuffer mask,
            ByteBuffer confidence,
            InputScale scale) {
        this(width, height, rgb, null, mask, confidence, scale);
    }

    /** Of RGB, of which nobody asks how sure the network is. */
    public SegmentRequest(
            int width, int height, ByteBuffer rgb, ByteBuffer mask, InputScale scale) {
        this(width, height, rgb, mask, null, scale);
    }

    /** Of RGB, at the network's own scale. */
    public SegmentRequest(int width, int height, ByteBuffer rgb, ByteBuffer mask) {
        this(width, height, rgb, mask, null);
    }

    /** The same, of which nobody asks how sure the network is. */
    public SegmentRequest withoutConfidence() {
        return new SegmentRequest(width, height, picture, yuvToRgb, mask, null, scale);
    }

    /** The picture, which has to be RGB. */
    public ByteBuffer rgb() {
        RequestShape.requireRgb(yuvToRgb != null);
        return picture;
    }

    public int pixels() {
        return width * height;
    }

    private static void need(String what, ByteBuffer buffer, int bytes) {
        if (buffer.limit() < bytes) {
            throw new IllegalArgumentException(
                    what + " has " + buffer.limit() + " bytes where " + bytes + " are needed");
        }
    }
}
