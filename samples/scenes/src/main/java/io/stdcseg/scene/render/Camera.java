// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * A pinhole camera.
 *
 * @param pose of its eye; it looks along {@code ahead}
 * @param width columns of the picture
 * @param height rows of the picture
 * @param focal distance of the picture plane, in pixels
 */
public record Camera(Pose pose, int width, int height, double focal) {

    /** Nearer things are not seen; in metres. */
    static final double NEAR = 0.2;

    /** A camera whose picture spans this many metres across at one metre's distance. */
    public static Camera wide(Pose pose, int width, int height, double span) {
        return new Camera(pose, width, height, width / span);
    }

    /** A world point in the camera's own axes: to the right, up, ahead. */
    Vec see(Vec point) {
        return turn(point.minus(pose.origin()));
    }

    /** A world direction in the camera's own axes. */
    Vec turn(Vec d) {
        return new Vec(d.dot(pose.right()), d.dot(pose.up()), d.dot(pose.ahead()));
    }

    /** The direction in the world of the ray through a point of the picture, in pixels. */
    Vec ray(double x, double y) {
        return pose.right()
                .times((x - width / 2.0) / focal)
                .plus(pose.up().times((height / 2.0 - y) / focal))
                .plus(pose.ahead());
    }
}
