// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import java.io.Serializable;

/**
 * Description of a stream: what is true of every frame of it; shared by all of them.
 *
 * @param name unique in the job; names the files written for the stream
 * @param source where the frames come from: a path or URI
 * @param width columns of the coded picture, before {@code rotation}
 * @param height rows of the coded picture, before {@code rotation}
 * @param rotation degrees clockwise by which players turn the coded picture: 0, 90, 180 or 270
 * @param timeBase seconds per tick of every pts and duration
 * @param frameRate nominal, frames per second
 * @param pixelAspect width of a pixel by its height; 1/1 where unknown
 * @param color of the coded picture
 */
public record StreamInfo(
        String name,
        String source,
        int width,
        int height,
        int rotation,
        Rational timeBase,
        Rational frameRate,
        Rational pixelAspect,
        ColorMetadata color)
        implements Serializable {

    public StreamInfo {
        if (width <= 0 || height <= 0) {
            throw new IllegalArgumentException(
                    "size " + width + "x" + height + " of stream " + name + " is not positive");
        }
        if (rotation != 0 && rotation != 90 && rotation != 180 && rotation != 270) {
            throw new IllegalArgumentException(
                    "rotation "
                            + rotation
                            + " of stream "
                            + name
                            + " is not one of 0, 90, 180, 270");
        }
    }

    /** Columns of the picture as a viewer sees it; networks and masks use this size. */
    public int displayWidth() {
        return rotation % 180 == 0 ? width : height;
    }

    /** Rows of the picture as a viewer sees it; networks and masks use this size. */
    public int displayHeight() {
        return rotation % 180 == 0 ? height : width;
    }

    /** Bytes of one frame as planar YUV 4:2:0: all of Y, then U, then V. */
    public int yuvBytes() {
        int chroma = ((width + 1) / 2) * ((height + 1) / 2);
        return width * height + 2 * chroma;
    }

    /** Bytes of one frame as interleaved RGB. */
    public int rgbBytes() {
        return 3 * width * height;
    }

    /** Bytes of one mask. */
    public int maskBytes() {
        return width * height;
    }

    /** Stream time of a pts, in seconds. */
    public double seconds(long pts) {
        return pts * timeBase.value();
    }

    /**
     * Colour metadata of a stream: primaries, transfer and matrix as codes of ISO/IEC 23091-2
     * (CICP), 2 where the stream does not say.
     *
     * @param fullRange whether luma uses 0 to 255 rather than 16 to 235
     */
    public record ColorMetadata(int primaries, int transfer, int matrix, boolean fullRange)
            implements Serializable {

        public static final ColorMetadata UNSPECIFIED = new ColorMetadata(2, 2, 2, false);
    }
}
