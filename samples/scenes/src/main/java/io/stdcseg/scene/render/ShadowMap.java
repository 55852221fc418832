// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Shadow map: where the direct light falls. What the sun sees is lit, all else lies in shadow.
 * Belongs to one thread.
 */
public final class ShadowMap {

    /** The sun's distance in metres: far enough for rays that are all but parallel. */
    private static final double FAR = 4000;

    /** Metres by which a thing may lie behind what the sun sees and still be lit. */
    private static final double BIAS = 0.2;

    private final double reach;
    private final Rasteriser seen;
    private Camera sun;

    /**
     * @param reach metres around the middle in which shadows are found; all is lit beyond
     * @param size columns and rows of the sun's picture
     */
    public ShadowMap(double reach, int size) {
        this.reach = reach;
        this.seen = new Rasteriser(size, size);
    }

    /** The place to look from for the faces that {@link #render} takes. */
    public static Vec eye(Vec middle, Light light) {
        return middle.plus(light.towards().times(FAR));
    }

    /** Renders the sun's view of faces that were made for {@link #eye}. */
    public void render(Vec middle, Light light, Iterable<Face> faces) {
        Vec ahead = light.towards().times(-1);
        Vec right = new Vec(ahead.z(), 0, -ahead.x()).unit();
        Pose pose = new Pose(eye(middle, light), right, ahead.cross(right), ahead);
        int size = seen.width / Rasteriser.SAMPLES;
        sun = Camera.wide(pose, size, size, 2 * reach / FAR);
        seen.draw(sun, faces);
    }

    /** Share of the direct light that reaches a point, 0 to 1; soft at edges. */
    double lit(Vec point) {
        Vec p = sun.see(point);
        double scale = Rasteriser.SAMPLES * sun.focal() / p.z();
        double x = seen.width / 2.0 + p.x() * scale - 0.5;
        double y = seen.height / 2.0 - p.y() * scale - 0.5;
        int column = (int) Math.floor(x);
        int row = (int) Math.floor(y);
        if (column < 0 || row < 0 || column >= seen.width - 1 || row >= seen.height - 1) {
            return 1;
        }
        double nearness = 1 / (p.z() - BIAS);
        double right = x - column;
        double top =
                (1 - right) * lit(column, row, nearness) + right * lit(column + 1, row, nearness);
        double bottom =
                (1 - right) * lit(column, row + 1, nearness)
                        + right * lit(column + 1, row + 1, nearness);
        return top + (bottom - top) * (y - row);
    }

    private int lit(int column, int row, double nearness) {
        return seen.hidden(row * seen.width + column, nearness) ? 0 : 1;
    }
}
