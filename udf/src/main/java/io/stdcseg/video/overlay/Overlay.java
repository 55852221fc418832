// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import io.stdcseg.label.LabelClass;
import io.stdcseg.label.LabelSet;
import io.stdcseg.video.convert.ColorSpaces;
import io.stdcseg.video.convert.Rotation;
import java.nio.ByteBuffer;

/**
 * Overlay of segmentation masks: draws the colours of classes over pictures.
 *
 * <p>Pixels whose id no class has, {@link LabelSet#IGNORE} among them, stay as they are. Keeps
 * scratch memory, so each thread needs its own.
 */
public final class Overlay {

    private final LabelSet labels;
    private final double opacity;
    private final SampleBlend red;
    private final SampleBlend green;
    private final SampleBlend blue;
    private YuvBlend yuvBlend;
    private ColorMetadata yuvColor;
    private int yuvMatrix;
    private byte[] mask = new byte[0];
    private byte[] codedMask = new byte[0];

    /**
     * @param opacity 0 leaves the picture as it is, 1 hides it; rounded to a 256th
     */
    public Overlay(LabelSet labels, double opacity) {
        if (!(opacity >= 0 && opacity <= 1)) {
            throw new IllegalArgumentException("opacity " + opacity + " is not in 0 to 1");
        }
        this.labels = labels;
        this.opacity = opacity;
        this.red = new SampleBlend(labels, opacity, LabelClass::red);
        this.green = new SampleBlend(labels, opacity, LabelClass::green);
        this.blue = new SampleBlend(labels, opacity, LabelClass::blue);
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
        int matrix = ColorSpaces.matrix(info.color().matrix(), info.width(), info.height());
        if (yuvBlend == null || !info.color().equals(yuvColor) || matrix != yuvMatrix) {
            yuvBlend = new YuvBlend(labels, opacity, matrix, info.color().fullRange());
            yuvColor = info.color();
            yuvMatrix = matrix;
        }
        yuvBlend.draw(yuv, info.width(), info.height(), inCodedOrientation(info, mask));
    }

    private ByteBuffer inCodedOrientation(StreamInfo info, ByteBuffer upright) {
        if (info.rotation() == 0) {
            return upright;
        }
        int pixels = info.maskBytes();
        if (mask.length != pixels) {
            mask = new byte[pixels];
            codedMask = new byte[pixels];
        }
        upright.get(upright.position(), mask);
        Rotation.clockwise(
                mask,
                info.displayWidth(),
                info.displayHeight(),
                1,
                360 - info.rotation(),
                codedMask);
        return ByteBuffer.wrap(codedMask);
    }

    /**
     * Draws into an upright RGB picture.
     *
     * @param rgb rows of RGB triples from the buffer's position on
     * @param mask train ids from the buffer's position on
     */
    public void drawRgb(ByteBuffer rgb, int width, int height, ByteBuffer mask) {
        ByteBuffer samples = rgb.slice();
        ByteBuffer ids = mask.slice();
        for (int i = 0; i < width * height; i++) {
            int id = ids.get(i) & 0xff;
            draw(red, id, samples, 3 * i);
            draw(green, id, samples, 3 * i + 1);
            draw(blue, id, samples, 3 * i + 2);
        }
    }

    private static void draw(SampleBlend blend, int id, ByteBuffer samples, int at) {
        samples.put(at, (byte) blend.apply(id, samples.get(at) & 0xff));
    }
}
