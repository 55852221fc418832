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
import io.stdcseg.scene.street.Seeds;
import io.stdcseg.scene.street.Town;
import java.util.SplittableRandom;

/**
 * Random streets: single pictures to learn from, no two of the same street (domain randomisation).
 * Each is a moment of a drive through a town of its own, in its own weather, seen by a camera of
 * its own.
 *
 * <p>A picture depends on seed, size and index alone. Belongs to one thread.
 */
final class RandomStreets {

    /** Share of pictures that show streets like the sample clip's. */
    private static final double PLAIN = 0.25;

    /** Length of the drive that a moment is taken from, in seconds. */
    private static final double DRIVE = 600;

    /** Metres around a point ahead of the camera in which shadows are found. */
    private static final double SHADOWS = 60;

    private final long seed;
    private final Framebuffer picture;
    private final ShadowMap shadowMap = new ShadowMap(SHADOWS, 768);

    RandomStreets(long seed, int width, int height) {
        this.seed = seed;
        this.picture = new Framebuffer(width, height);
    }

    /**
     * Renders one picture.
     *
     * @param index from 0
     * @return the same object each time, with the picture's colours and labels
     */
    Framebuffer render(long index) {
        SplittableRandom random = Seeds.random(seed, index);
        boolean plain = random.nextDouble() < PLAIN;
        Town town = plain ? Town.plain(random.nextLong()) : Town.varied(random.nextLong());
        double seconds = DRIVE * random.nextDouble();
        CarCamera taken = CarCamera.any(random);
        Pose eye = taken.stand(town.eye(seconds));
        Camera camera = taken.aim(eye, picture.width(), picture.height());
        Mesh mesh = new Mesh(eye.origin(), town.light());
        town.build(mesh, seconds);
        taken.bonnet().ifPresent(bonnet -> bonnet.build(mesh, eye, seconds));
        // The sample clip has none, and neither has a grey day.
        boolean flat = plain || town.light().direct() < 0.2;
        ShadowMap shadows = flat ? null : shadows(town, eye, seconds);
        picture.render(
                camera,
                mesh,
                town.sky(seconds),
                shadows,
                taken.sensor(town.light(), index, picture.width(), picture.height()));
        taken.lens().apply(picture.rgb(), picture.width(), picture.height());
        return picture;
    }

    private ShadowMap shadows(Town town, Pose eye, double seconds) {
        Light light = town.light();
        Vec middle = eye.at(0, 0, 0.8 * SHADOWS);
        Mesh mesh = new Mesh(ShadowMap.eye(middle, light), eye.origin(), light);
        town.build(mesh, seconds);
        shadowMap.render(middle, light, mesh);
        return shadowMap;
    }
}
