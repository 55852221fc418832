// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.convert;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import java.nio.ByteBuffer;

/**
 * Turning of a stream's packed YUV 4:2:0 pictures upright, for files that cannot say that players
 * have to. For one thread at a time.
 */
public final class UprightPicture {

    private final StreamInfo coded;
    private final StreamInfo upright;
    private final ByteBuffer turned;

    /**
     * @param coded stream whose rotation is not 0
     */
    public UprightPicture(StreamInfo coded) {
        this.coded = coded;
        Rational aspect = coded.pixelAspect();
        this.upright =
                new StreamInfo(
                        coded.name(),
                        coded.source(),
                        coded.displayWidth(),
                        coded.displayHeight(),
                        0,
                        coded.timeBase(),
                        coded.frameRate(),
                        coded.rotation() % 180 == 0
                                ? aspect
                                : new Rational(aspect.denominator(), aspect.numerator()),
                        coded.color());
        this.turned = ByteBuffer.allocateDirect(upright.yuvBytes());
    }

    /** Size and the rest of the upright pictures. */
    public StreamInfo info() {
        return upright;
    }

    /**
     * Turns a picture; the next call overwrites it.
     *
     * @param picture planes Y, U, V from its position on
     */
    public ByteBuffer turn(ByteBuffer picture) {
        int chromaWidth = (coded.width() + 1) / 2;
        int chromaHeight = (coded.height() + 1) / 2;
        int chroma = chromaWidth * chromaHeight;
        int luma = coded.width() * coded.height();
        plane(picture, 0, coded.width(), coded.height());
        plane(picture, luma, chromaWidth, chromaHeight);
        plane(picture, luma + chroma, chromaWidth, chromaHeight);
        return turned;
    }

    private void plane(ByteBuffer picture, int offset, int width, int height) {
        byte[] source = new byte[width * height];
        byte[] target = new byte[width * height];
        picture.get(picture.position() + offset, source);
        Rotation.clockwise(source, width, height, 1, coded.rotation(), target);
        turned.put(offset, target);
    }
}
