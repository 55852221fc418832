// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import io.stdcseg.network.Normalisation;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Preprocessing of a picture for the network: normalises its levels, then resizes it bilinearly
 * with {@code align_corners}, as the published evaluation does with PyTorch's {@code
 * upsample_bilinear2d}.
 *
 * <p>Columns are resized before rows, and a resized row serves as long as it is needed. For one
 * thread; nothing is allocated after construction.
 */
public final class PictureSampler {

    private static final int CHANNELS = 3;
    private static final int NONE = -1;

    // The length of a constant array is known, which saves a check at every look-up.
    private static final float[] RED = normalised(0);
    private static final float[] GREEN = normalised(1);
    private static final float[] BLUE = normalised(2);

    private final AxisInterpolation rows;
    private final AxisInterpolation columns;
    private final int begin;
    private final int end;
    private final int rowBytes;

    /** One row of the picture, and its last pixel again. */
    private final byte[] levels;

    /** Two rows at the input's width; rows of the picture with even and odd numbers take turns. */
    private final float[][] resized;

    /** Which rows these are. */
    private final int[] held = new int[2];

    private final float[] blended;

    /**
     * @param height of the pictures
     * @param width of the pictures
     * @param netHeight rows of the input
     * @param netWidth columns of the input
     * @param part of the input's rows that it makes
     */
    public PictureSampler(int height, int width, int netHeight, int netWidth, Partition part) {
        rows = new AxisInterpolation(height, netHeight);
        begin = part.begin(netHeight);
        end = part.end(netHeight);
        columns = new AxisInterpolation(width, netWidth);
        rowBytes = CHANNELS * width;
        levels = new byte[rowBytes + CHANNELS];
        resized = new float[2][CHANNELS * netWidth];
        blended = new float[CHANNELS * netWidth];
    }

    /**
     * Fills its part of the input with one picture.
     *
     * @param rgb {@code height} rows of {@code width} RGB triples, read from position 0; a direct
     *     buffer is fastest
     * @param input receives {@code netHeight} rows of {@code netWidth} normalised triples from
     *     position 0; a direct buffer of the native order is fastest
     */
    public void write(ByteBuffer rgb, FloatBuffer input) {
        Arrays.fill(held, NONE);
        for (int y = begin; y < end; y++) {
            float[] row = resized(rgb, rows.first(y));
            if (rows.secondWeight(y) > 0) {
                float[] next = resized(rgb, rows.second(y));
                blend(row, rows.firstWeight(y), next, rows.secondWeight(y), blended);
                row = blended;
            }
            input.put(y * row.length, row);
        }
    }

    private float[] resized(ByteBuffer rgb, int row) {
        int place = row & 1;
        float[] values = resized[place];
        if (held[place] != row) {
            rgb.get(row * rowBytes, levels, 0, rowBytes);
            if (columns.isIdentity()) {
                normalise(values);
            } else {
                resize(values);
            }
            held[place] = row;
        }
        return values;
    }

    private void normalise(float[] values) {
        for (int i = 0; i < values.length; i += CHANNELS) {
            values[i] = RED[levels[i] & 0xff];
            values[i + 1] = GREEN[levels[i + 1] & 0xff];
            values[i + 2] = BLUE[levels[i + 2] & 0xff];
        }
    }

    private void resize(float[] values) {
        // So that the last pixel has a right neighbour, too.
        System.arraycopy(levels, rowBytes - CHANNELS, levels, rowBytes, CHANNELS);
        for (int x = 0, i = 0; x < columns.out(); x++, i += CHANNELS) {
            int l = CHANNELS * columns.first(x);
            int r = l + CHANNELS;
            float lw = columns.firstWeight(x);
            float rw = columns.secondWeight(x);
            values[i] = lw * RED[levels[l] & 0xff] + rw * RED[levels[r] & 0xff];
            values[i + 1] = lw * GREEN[levels[l + 1] & 0xff] + rw * GREEN[levels[r + 1] & 0xff];
            values[i + 2] = lw * BLUE[levels[l + 2] & 0xff] + rw * BLUE[levels[r + 2] & 0xff];
        }
    }

    private static void blend(float[] a, float aWeight, float[] b, float bWeight, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = aWeight * a[i] + bWeight * b[i];
        }
    }

    /** What each level of a channel is to the network. */
    private static float[] normalised(int channel) {
        float scale = Normalisation.scale()[channel];
        float shift = Normalisation.shift()[channel];
        float[] table = new float[256];
        for (int level = 0; level < table.length; level++) {
            table[level] = level * scale + shift;
        }
        return table;
    }
}
