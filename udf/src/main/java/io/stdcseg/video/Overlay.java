// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video;

import io.stdcseg.frame.ColorInfo;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import java.nio.ByteBuffer;

/**
 * Draws the colours of classes over pictures.
 *
 * <p>Pixels whose id no class has, {@link LabelSet#IGNORE} among them, stay as they are. Keeps
 * scratch memory, so each thread needs its own.
 */
public final class Overlay {

    private static final int IDS = 256;

    private final LabelSet labels;
    private final double opacity;
    private final BlendTable red;
    private final BlendTable green;
    private final BlendTable blue;
    private YuvBlend yuvBlend;
    private ColorInfo yuvColor;
    private int yuvMatrix;
    private byte[] mask = new byte[0];
    private byte[] turned = new byte[0];
    private byte[] row = new byte[0];

    /**
     * @param opacity 0 leaves the picture as it is, 1 hides it
     */
    public Overlay(LabelSet labels, double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("opacity " + opacity + " is not in 0 to 1");
        }
        this.labels = labels;
        this.opacity = opacity;
        this.red = BlendTable.of(labels, opacity, LabelClass::red);
        this.green = BlendTable.of(labels, opacity, LabelClass::green);
        this.blue = BlendTable.of(labels, opacity, LabelClass::blue);
    }

    /**
     * Draws into a coded picture.
     *
     * @param yuv planes Y, U, V from the buffer's position on
     * @param info size, rotation and colours of the picture
     * @param mask train ids of the upright picture, from the buffer's position on
     */
    public void draw(ByteBuffer yuv, StreamInfo info, ByteBuffer mask) {
        if (opacity == 0) {
            return;
        }
        int matrix = Colors.matrix(info.color().matrix(), info.width(), info.height());
        if (yuvBlend == null || !info.color().equals(yuvColor) || matrix != yuvMatrix) {
            yuvBlend = new YuvBlend(labels, opacity, matrix, info.color().fullRange());
            yuvColor = info.color();
            yuvMatrix = matrix;
        }
        yuvBlend.draw(yuv, info.width(), info.height(), codedMask(info, mask));
    }

    private byte[] codedMask(StreamInfo info, ByteBuffer upright) {
        int pixels = info.maskBytes();
        if (mask.length != pixels) {
            mask = new byte[pixels];
        }
        upright.get(upright.position(), mask);
        if (info.rotation() == 0) {
            return mask;
        }
        if (turned.length != pixels) {
            turned = new byte[pixels];
        }
        Rotation.clockwise(
                mask, info.displayWidth(), info.displayHeight(), 1, 360 - info.rotation(), turned);
        return turned;
    }

    /**
     * Draws into an upright RGB picture.
     *
     * @param rgb rows of RGB triples from the buffer's position on
     * @param mask train ids from the buffer's position on
     */
    public void drawRgb(ByteBuffer rgb, int width, int height, ByteBuffer mask) {
        if (row.length != 3 * width) {
            row = new byte[3 * width];
        }
        byte[] ids = new byte[width];
        for (int y = 0; y < height; y++) {
            int start = rgb.position() + y * row.length;
            rgb.get(start, row);
            mask.get(mask.position() + y * width, ids);
            for (int x = 0; x < width; x++) {
                int id = (ids[x] & 0xff) * IDS;
                row[3 * x] = red.table[id + (row[3 * x] & 0xff)];
                row[3 * x + 1] = green.table[id + (row[3 * x + 1] & 0xff)];
                row[3 * x + 2] = blue.table[id + (row[3 * x + 2] & 0xff)];
            }
            rgb.put(start, row);
        }
    }
}
