// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** View: the colours that a camera sees before its sensor records them, and how far they are. */
public final class View {

    private final Camera camera;
    private final Rasteriser seen;
    private final int[] colors;
    private final byte[] labels;

    View(Camera camera, Rasteriser seen, int[] colors, byte[] labels) {
        this.camera = camera;
        this.seen = seen;
        this.colors = colors;
        this.labels = labels;
    }

    Camera camera() {
        return camera;
    }

    int width() {
        return camera.width();
    }

    int height() {
        return camera.height();
    }

    /** Colours by rows from the top left, as {@link Rgb} packs them; may be changed. */
    int[] colors() {
        return colors;
    }

    int label(int column, int row) {
        return labels[row * width() + column];
    }

    /** 1/z of the solid thing at a pixel; 0 for the backdrop. */
    double nearness(int column, int row) {
        int n = Rasteriser.SAMPLES;
        return seen.nearness(n * row * seen.width + n * column);
    }

    boolean contains(double x, double y) {
        return x >= 0 && y >= 0 && x < width() && y < height();
    }

    /** Adds light to a pixel, if it is in the picture. */
    void add(int column, int row, Tint tint, double amount) {
        if (column >= 0 && row >= 0 && column < width() && row < height()) {
            int at = row * width() + column;
            colors[at] =
                    Rgb.plus(
                            colors[at],
                            Rgb.of(255 * tint.red(), 255 * tint.green(), 255 * tint.blue()),
                            amount);
        }
    }
}
