// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

/** Enlarges all scores, then looks for the largest: what {@link UpsampledArgmax} must equal. */
final class PlainArgmax {

    private PlainArgmax() {}

    /**
     * @param sizes rows and columns of the scores, of the network's input and of the picture
     * @param scores (rows, columns, classes)
     * @return train ids (rows, columns) of the picture
     */
    static byte[] of(int classes, int[][] sizes, float[] scores) {
        float[] map = scores;
        for (int i = 0; i + 1 < sizes.length; i++) {
            map = resize(map, classes, sizes[i], sizes[i + 1]);
        }
        int[] size = sizes[sizes.length - 1];
        byte[] ids = new byte[size[0] * size[1]];
        for (int pixel = 0; pixel < ids.length; pixel++) {
            int best = 0;
            for (int id = 1; id < classes; id++) {
                if (map[pixel * classes + id] > map[pixel * classes + best]) {
                    best = id;
                }
            }
            ids[pixel] = (byte) best;
        }
        return ids;
    }

    /** PyTorch's {@code upsample_bilinear2d} with {@code align_corners}, nothing if sizes agree. */
    private static float[] resize(float[] map, int classes, int[] from, int[] to) {
        if (from[0] == to[0] && from[1] == to[1]) {
            return map;
        }
        float[] result = new float[to[0] * to[1] * classes];
        int at = 0;
        for (int y = 0; y < to[0]; y++) {
            float row = position(from[0], to[0], y);
            int y0 = (int) row;
            int y1 = above(from[0], to[0], y0);
            float h1 = row - y0;
            float h0 = 1 - h1;
            for (int x = 0; x < to[1]; x++) {
                float column = position(from[1], to[1], x);
                int x0 = (int) column;
                int x1 = above(from[1], to[1], x0);
                float w1 = column - x0;
                float w0 = 1 - w1;
                for (int id = 0; id < classes; id++) {
                    float a = map[(y0 * from[1] + x0) * classes + id];
                    float b = map[(y0 * from[1] + x1) * classes + id];
                    float c = map[(y1 * from[1] + x0) * classes + id];
                    float d = map[(y1 * from[1] + x1) * classes + id];
                    result[at++] = h0 * (w0 * a + w1 * b) + h1 * (w0 * c + w1 * d);
                }
            }
        }
        return result;
    }

    private static float position(int from, int to, int i) {
        float scale = to > 1 ? (float) (from - 1) / (to - 1) : 0;
        return scale * i;
    }

    private static int above(int from, int to, int i) {
        return from != to && i < from - 1 ? i + 1 : i;
    }
}
