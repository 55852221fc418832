// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Radial distortion of a lens: a point at a distance r from the middle, 1 in the corners, shows
 * what lies at r (1 + k r²) / (1 + k). Corners stay where they are.
 *
 * @param k above 0 straight lines bulge (barrel), below 0 they sink in (pincushion); above -0.3
 */
public record Distortion(double k) {

    public static final Distortion NONE = new Distortion(0);

    /** Moves the pixels, and with each its label. */
    public void apply(byte[] rgb, byte[] labels, int width, int height) {
        if (k == 0) {
            return;
        }
        byte[] fromRgb = rgb.clone();
        byte[] fromLabels = labels.clone();
        double half = 0.25 * (width * width + height * height);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double dx = column + 0.5 - width / 2.0;
                double dy = row + 0.5 - height / 2.0;
                double scale = (1 + k * (dx * dx + dy * dy) / half) / (1 + k);
                double x = width / 2.0 + scale * dx - 0.5;
                double y = height / 2.0 + scale * dy - 0.5;
                int at = row * width + column;
                labels[at] = fromLabels[clip(y + 0.5, height) * width + clip(x + 0.5, width)];
                for (int part = 0; part < 3; part++) {
                    rgb[3 * at + part] = between(fromRgb, x, y, width, height, part);
                }
            }
        }
    }

    /** Bilinear. */
    private static byte between(byte[] rgb, double x, double y, int width, int height, int part) {
        int left = clip(x, width);
        int right = Math.min(left + 1, width - 1);
        int top = clip(y, height);
        int bottom = Math.min(top + 1, height - 1);
        double across = Math.max(0, x - left);
        double down = Math.max(0, y - top);
        double above =
                value(rgb, top * width + left, part) * (1 - across)
                        + value(rgb, top * width + right, part) * across;
        double below =
                value(rgb, bottom * width + left, part) * (1 - across)
                        + value(rgb, bottom * width + right, part) * across;
        return (byte) (int) (above + (below - above) * down + 0.5);
    }

    private static int value(byte[] rgb, int pixel, int part) {
        return rgb[3 * pixel + part] & 255;
    }

    private static int clip(double x, int end) {
        return (int) Math.max(0, Math.min(end - 1, Math.floor(x)));
    }
}
