// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.label.LabelSet;

/**
 * Warp of a camera that is turned about its axis, with a lens that bends straight lines. Pixels are
 * interpolated, labels take the nearest; what was never in the crop repeats its border and is
 * ignored. Immutable.
 */
final class CameraWarp {

    private static final int CHANNELS = 3;

    private final int rows;
    private final int columns;
    private final float[] x;
    private final float[] y;

    /**
     * @param roll in radians
     * @param distortion k of {@code r (1 + k r^2)}, r = 1 in the corners
     */
    CameraWarp(double roll, double distortion, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        x = new float[rows * columns];
        y = new float[rows * columns];
        double centreX = (columns - 1) / 2.0;
        double centreY = (rows - 1) / 2.0;
        double cos = Math.cos(roll);
        double sin = Math.sin(roll);
        double corner = centreX * centreX + centreY * centreY;
        int i = 0;
        for (int row = 0; row < rows; row++) {
            double dy = row - centreY;
            for (int column = 0; column < columns; column++) {
                double dx = column - centreX;
                double bend = 1 + distortion * (dx * dx + dy * dy) / corner;
                x[i] = (float) (centreX + bend * (cos * dx - sin * dy));
                y[i++] = (float) (centreY + bend * (sin * dx + cos * dy));
            }
        }
    }

    /** Warped RGB triples (rows, columns, 3). */
    byte[] pixels(byte[] rgb) {
        byte[] warped = new byte[rgb.length];
        for (int i = 0; i < x.length; i++) {
            float inX = Math.min(Math.max(x[i], 0), columns - 1);
            float inY = Math.min(Math.max(y[i], 0), rows - 1);
            int left = (int) inX;
            int top = (int) inY;
            float right = inX - left;
            float bottom = inY - top;
            int from = CHANNELS * (top * columns + left);
            int across = left + 1 < columns ? CHANNELS : 0;
            int down = top + 1 < rows ? CHANNELS * columns : 0;
            for (int c = 0; c < CHANNELS; c++) {
                int at = from + c;
                float upper = mix(rgb[at] & 0xff, rgb[at + across] & 0xff, right);
                float lower = mix(rgb[at + down] & 0xff, rgb[at + down + across] & 0xff, right);
                warped[CHANNELS * i + c] = (byte) (mix(upper, lower, bottom) + 0.5f);
            }
        }
        return warped;
    }

    private static float mix(float a, float b, float share) {
        return a + share * (b - a);
    }

    /** Warped train ids (rows, columns). */
    byte[] labels(byte[] ids) {
        byte[] warped = new byte[ids.length];
        for (int i = 0; i < x.length; i++) {
            int column = Math.round(x[i]);
            int row = Math.round(y[i]);
            boolean inside = column >= 0 && column < columns && row >= 0 && row < rows;
            warped[i] = inside ? ids[row * columns + column] : (byte) LabelSet.IGNORE;
        }
        return warped;
    }
}
