// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Camera;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Picture;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Sensor;
import io.stdcseg.scene.render.Tone;
import io.stdcseg.scene.street.Seeds;
import io.stdcseg.scene.street.Town;
import java.util.SplittableRandom;

/**
 * Single pictures to learn from, no two of the same street: each a moment of a drive through a town
 * of its own, seen by a camera of its own.
 *
 * <p>A picture depends on seed, size and index alone. Belongs to one thread.
 */
public final class StreetMoments {

    /** Length of the drive that a moment is taken from, in seconds. */
    private static final double DRIVE = 600;

    private final long seed;
    private final Picture picture;

    public StreetMoments(long seed, int width, int height) {
        this.seed = seed;
        this.picture = new Picture(width, height);
    }

    /**
     * Renders one picture.
     *
     * @param index from 0
     * @return the same object each time, with the picture's colours and labels
     */
    public Picture render(long index) {
        SplittableRandom random = Seeds.random(seed, index);
        Town town = new Town(random.nextLong());
        double seconds = DRIVE * random.nextDouble();
        Camera camera = camera(town.eye(seconds), random);
        Mesh mesh = new Mesh(camera.pose().origin(), town.light());
        town.build(mesh, seconds);
        picture.take(camera, mesh, town.sky(seconds), sensor(index, random));
        return picture;
    }

    /** Somebody else's car: another height and place in the lane, another lens. */
    private Camera camera(Pose driver, SplittableRandom random) {
        Pose pose =
                driver.moved(between(-0.5, 0.7, random), between(-0.25, 0.5, random), 0)
                        .turned(between(-0.2, 0.2, random))
                        .tilted(between(-0.08, 0.05, random))
                        .rolled(between(-0.02, 0.02, random));
        double span = between(0.85, 1.4, random);
        return Camera.wide(pose, picture.width(), picture.height(), span);
    }

    private Sensor sensor(long index, SplittableRandom random) {
        Tone tone =
                new Tone(
                        between(0.45, 1.7, random),
                        between(0.8, 1.3, random),
                        between(-0.08, 0.08, random));
        double noise = between(0.5, 6, random);
        return new Sensor(index, picture.width(), picture.height(), tone, noise);
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }
}
