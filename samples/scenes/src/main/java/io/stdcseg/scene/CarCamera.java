// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Camera;
import io.stdcseg.scene.render.Lens;
import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Sensor;
import io.stdcseg.scene.render.Sensor.ToneCurve;
import io.stdcseg.scene.vehicle.Bonnet;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Camera in a car, and how it is mounted.
 *
 * @param aside metres to the right of the driver of the sample clip
 * @param raised metres above
 * @param yaw radians to the right
 * @param span metres that the picture spans at one metre's distance
 * @param exposure brightness of its pictures, 1 for the sample clip's on a fine day
 * @param gamma see {@link ToneCurve}
 * @param warmth see {@link ToneCurve}
 * @param noise largest deviation of a value, of 255
 * @param bonnet what it sees of its own car
 */
record CarCamera(
        double aside,
        double raised,
        double yaw,
        double pitch,
        double roll,
        double span,
        double exposure,
        double gamma,
        double warmth,
        double noise,
        Lens lens,
        Optional<Bonnet> bonnet) {

    /** Any camera, as a driver might have mounted it. */
    static CarCamera any(SplittableRandom random) {
        boolean turning = random.nextDouble() < 0.15;
        double dark = random.nextDouble();
        return new CarCamera(
                between(-0.5, 0.7, random),
                between(-0.3, 0.6, random),
                turning ? between(-0.6, 0.6, random) : between(-0.15, 0.15, random),
                between(-0.07, 0.05, random),
                between(-0.02, 0.02, random),
                between(0.85, 1.4, random),
                dark < 0.15 ? between(0.6, 0.9, random) : between(0.9, 2.1, random),
                between(0.95, 1.5, random),
                between(-0.08, 0.05, random),
                between(0.5, 7, random),
                new Lens(between(-0.2, 0.12, random), random.nextInt(3)),
                random.nextDouble() < 0.2 ? Optional.of(Bonnet.any(random)) : Optional.empty());
    }

    private static double between(double low, double high, SplittableRandom random) {
        return low + (high - low) * random.nextDouble();
    }

    /** Where it is while the driver's eye is at a pose, upright and level. */
    Pose stand(Pose driver) {
        return driver.moved(aside, raised, 0);
    }

    /** Aims it from where it stands. */
    Camera aim(Pose stand, int width, int height) {
        Pose pose = stand.turned(yaw).tilted(pitch).rolled(roll);
        return Camera.wide(pose, width, height, span);
    }

    /** Set to the light as automatic cameras are: not all the way. */
    Sensor sensor(Light light, long index, int width, int height) {
        double gain = exposure / StrictMath.pow(light.level(), 0.75);
        ToneCurve tone = new ToneCurve(gain, gamma, warmth);
        return new Sensor(index, width, height, tone, noise);
    }
}
