// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.testing;

import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.frame.YuvToRgb;
import java.nio.ByteBuffer;
import java.util.Random;

/** Pictures as planes Y, U, V of YUV 4:2:0, and the RGB that becomes of them, sample by sample. */
public final class Planes {

    /** BT.601 of limited range. */
    public static final YuvToRgb VIDEO = new YuvToRgb(128, 9539, -3209, 16525, 13075, -6660);

    /** BT.709 of full range. */
    public static final YuvToRgb FULL_RANGE = new YuvToRgb(0, 8192, -1534, 15201, 12901, -3835);

    private Planes() {}

    /** Samples of any value. */
    public static byte[] random(int seed, int width, int height) {
        byte[] samples = new byte[width * height * 3 / 2];
        new Random(seed).nextBytes(samples);
        return samples;
    }

    /** Those of a street, about. */
    public static byte[] street(int number, int width, int height) {
        byte[] rgb = Streets.rgb(number, width, height);
        byte[] planes = new byte[width * height * 3 / 2];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int at = 3 * (y * width + x);
                int r = rgb[at] & 255;
                int g = rgb[at + 1] & 255;
                int b = rgb[at + 2] & 255;
                planes[y * width + x] = (byte) (16 + (66 * r + 129 * g + 25 * b) / 256);
                int u = width * height + y / 2 * (width / 2) + x / 2;
                planes[u] = (byte) (128 + (112 * b - 38 * r - 74 * g) / 256);
                planes[u + width * height / 4] = (byte) (128 + (112 * r - 94 * g - 18 * b) / 256);
            }
        }
        return planes;
    }

    /** Packed RGB rows of planes. */
    public static byte[] rgb(byte[] planes, YuvToRgb by, int width, int height) {
        return by.rgb(planes, width, height);
    }

    /** Packed RGB rows of a request's picture, whatever it is given as. */
    public static byte[] rgb(SegmentRequest request) {
        byte[] picture = new byte[request.picture().limit()];
        request.picture().get(0, picture);
        return request.yuvToRgb() == null
                ? picture
                : rgb(picture, request.yuvToRgb(), request.width(), request.height());
    }

    /** A request of planes. */
    public static SegmentRequest request(byte[] planes, int width, int height) {
        return request(planes, VIDEO, width, height);
    }

    /** The same, which become RGB by other numbers. */
    public static SegmentRequest request(byte[] planes, YuvToRgb by, int width, int height) {
        return new SegmentRequest(
                width,
                height,
                ByteBuffer.wrap(planes),
                by,
                ByteBuffer.allocate(width * height),
                null,
                null);
    }
}
