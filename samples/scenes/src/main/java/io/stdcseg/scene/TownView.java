// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Camera;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.ShadowMap;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.street.Town;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * A town as a camera in a car sees it, at a moment of a drive.
 *
 * @param seconds since the drive began
 * @param eye where the camera stands
 * @param mesh the town, and what the camera sees of its own car
 */
record TownView(Town town, double seconds, CarCamera taken, Pose eye, Mesh mesh) {

    /** Length of the drive, in seconds. */
    private static final double DRIVE = 600;

    /** Metres around a point ahead of the camera in which shadows are found. */
    private static final double SHADOWS = 60;

    /** Of less direct light there are no shadows. */
    private static final double GREY = 0.2;

    /** At any moment, by any of the cameras. */
    static TownView any(
            Town town, SplittableRandom random, Function<SplittableRandom, CarCamera> cameras) {
        double seconds = DRIVE * random.nextDouble();
        CarCamera taken = cameras.apply(random);
        Pose eye = taken.stand(town.eye(seconds));
        Mesh mesh = new Mesh(eye.origin(), town.light());
        town.build(mesh, seconds);
        taken.bonnet().ifPresent(bonnet -> bonnet.build(mesh, eye, seconds));
        return new TownView(town, seconds, taken, eye, mesh);
    }

    /** A map of the size that {@link #shadows} fills. */
    static ShadowMap shadowMap() {
        return new ShadowMap(SHADOWS, 768);
    }

    Camera camera(Framebuffer picture) {
        return taken.aim(eye, picture.width(), picture.height());
    }

    /** Whether the day is grey: without shadows. */
    boolean isGrey() {
        return town.light().direct() < GREY;
    }

    /** Finds the shadows; the map is returned. */
    ShadowMap shadows(ShadowMap map) {
        Light light = town.light();
        Vec middle = eye.at(0, 0, 0.8 * SHADOWS);
        Mesh cast = new Mesh(ShadowMap.eye(middle, light), eye.origin(), light);
        town.build(cast, seconds);
        map.render(middle, light, cast);
        return map;
    }
}
