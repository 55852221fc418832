// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.SegmentRequest;
import java.nio.ByteBuffer;

/**
 * Example picture: something like a street, in which a network of streets finds several classes.
 */
public final class ExamplePicture {

    private static final int SKY = 0xC8D8F0;
    private static final int WALL = 0x8C6A58;
    private static final int WINDOW = 0x30343C;
    private static final int LEAVES = 0x35502C;
    private static final int PAVEMENT = 0x9A9088;
    private static final int ROAD = 0x55565A;
    private static final int LINE = 0xE8E8E4;
    private static final int CAR = 0x701818;

    private ExamplePicture() {}

    /** A request whose picture it is; the mask is empty. */
    static SegmentRequest request(int width, int height) {
        return new SegmentRequest(
                width, height, rgb(width, height), ByteBuffer.allocateDirect(width * height));
    }

    /** Packed RGB rows. */
    public static ByteBuffer rgb(int width, int height) {
        ByteBuffer rgb = ByteBuffer.allocateDirect(SegmentRequest.CHANNELS * width * height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = color((x + 0.5) / width, (y + 0.5) / height);
                int noise = (x * 7919 ^ y * 104729) * 31 >>> 13 & 15;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    int level = (color >> shift & 255) + noise - 8;
                    rgb.put((byte) Math.max(0, Math.min(255, level)));
                }
            }
        }
        return rgb.flip();
    }

    /** The colour at a place, from 0 to 1 across and down. */
    private static int color(double x, double y) {
        double across = Math.abs(x - 0.5);
        double horizon = 0.5;
        if (y > horizon) {
            double road = 0.06 + 0.9 * (y - horizon);
            boolean car = Math.abs(x - 0.62) < 0.07 && Math.abs(y - 0.62) < 0.07;
            boolean line = across < 0.012 && (int) (1 / (y - horizon + 0.05)) % 2 == 0;
            return car ? CAR : line ? LINE : across < road ? ROAD : PAVEMENT;
        }
        double roof = horizon - 0.9 * across;
        boolean tree = Math.hypot(x - 0.18, 1.2 * (y - 0.36)) < 0.1;
        boolean window = (int) (x * 24) % 2 == 0 && (int) (y * 16) % 2 == 0;
        return tree ? LEAVES : y < roof ? SKY : window ? WINDOW : WALL;
    }
}
