// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.overlay;

import io.stdcseg.frame.StreamInfo;
import io.stdcseg.video.convert.ColorSpaces;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Stamp: a drawing as it lies over coded YUV 4:2:0 pictures of one size, turned as they are. */
final class YuvStamp {

    private static final int ONE = 255 * 4;

    private final StreamInfo info;

    /** The part of the coded picture that it may change; begins and ends at a chroma sample. */
    private final int left;

    private final int top;
    private final int columns;
    private final int rows;
    private final Plane luma;
    private final Plane blue;
    private final Plane red;

    /**
     * Samples of a plane under the stamp: what is kept of the picture, of {@link #ONE}, and what is
     * added.
     */
    private record Plane(int columns, short[] kept, float[] added) {

        Plane(int columns, int rows) {
            this(columns, new short[columns * rows], new float[columns * rows]);
        }

        void draw(ByteBuffer samples, int offset, int stride, int width, int height) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int i = y * columns + x;
                    if (kept[i] < ONE) {
                        int at = offset + y * stride + x;
                        int sample = samples.get(at) & 255;
                        samples.put(at, (byte) ((sample * kept[i] + added[i]) / ONE + 0.5f));
                    }
                }
            }
        }
    }

    /**
     * @param x of the drawing's left edge in the upright picture
     * @param y of its upper edge
     */
    YuvStamp(Drawing drawing, int x, int y, StreamInfo info) {
        this.info = info;
        int[] first = coded(info, x, y);
        int[] last = coded(info, x + drawing.width() - 1, y + drawing.height() - 1);
        this.left = Math.min(first[0], last[0]) & ~1;
        this.top = Math.min(first[1], last[1]) & ~1;
        this.columns = ((Math.max(first[0], last[0]) + 2) & ~1) - left;
        this.rows = ((Math.max(first[1], last[1]) + 2) & ~1) - top;
        this.luma = new Plane(columns, rows);
        this.blue = new Plane(columns / 2, rows / 2);
        this.red = new Plane(columns / 2, rows / 2);
        var color = info.color();
        int matrix = ColorSpaces.matrix(color.matrix(), info.width(), info.height());
        cover(drawing, x, y, new YuvColors(matrix, color.fullRange()));
    }

    /** Where a pixel of the upright picture lies in the coded one. */
    private static int[] coded(StreamInfo info, int x, int y) {
        return switch (info.rotation()) {
            case 90 -> new int[] {y, info.height() - 1 - x};
            case 180 -> new int[] {info.width() - 1 - x, info.height() - 1 - y};
            case 270 -> new int[] {info.width() - 1 - y, x};
            default -> new int[] {x, y};
        };
    }

    /** Each chroma sample is of four pixels, of fewer at edges of an odd picture. */
    private void cover(Drawing drawing, int left, int top, YuvColors colors) {
        Arrays.fill(luma.kept, (short) ONE);
        Arrays.fill(blue.kept, (short) ONE);
        Arrays.fill(red.kept, (short) ONE);
        for (int y = 0; y < drawing.height(); y++) {
            for (int x = 0; x < drawing.width(); x++) {
                int covered = drawing.sample(x, y, 3);
                if (covered > 0) {
                    int r = drawing.sample(x, y, 0);
                    int g = drawing.sample(x, y, 1);
                    int b = drawing.sample(x, y, 2);
                    int[] at = coded(info, left + x, top + y);
                    int column = at[0] - this.left;
                    int row = at[1] - this.top;
                    add(luma, row * columns + column, 4 * covered, colors.luma(r, g, b));
                    int chroma = row / 2 * (columns / 2) + column / 2;
                    int weight = covered * share(at[0], info.width());
                    weight *= share(at[1], info.height());
                    add(blue, chroma, weight, colors.blueChroma(r, g, b));
                    add(red, chroma, weight, colors.redChroma(r, g, b));
                }
            }
        }
    }

    /** Halves of a chroma sample that a column, or row, has: both where it is alone. */
    private static int share(int at, int size) {
        return (at & 1) == 0 && at == size - 1 ? 2 : 1;
    }

    private static void add(Plane plane, int at, int weight, double sample) {
        plane.kept[at] -= (short) weight;
        plane.added[at] += (float) (weight * sample);
    }

    /** Draws it into the picture at the buffer's position. */
    void draw(ByteBuffer yuv) {
        ByteBuffer samples = yuv.slice();
        int width = info.width();
        int height = info.height();
        int chromaWidth = (width + 1) / 2;
        int chromaHeight = (height + 1) / 2;
        luma.draw(
                samples,
                top * width + left,
                width,
                Math.min(columns, width - left),
                Math.min(rows, height - top));
        int corner = width * height + top / 2 * chromaWidth + left / 2;
        blue.draw(samples, corner, chromaWidth, columns / 2, rows / 2);
        corner += chromaWidth * chromaHeight;
        red.draw(samples, corner, chromaWidth, columns / 2, rows / 2);
    }
}
