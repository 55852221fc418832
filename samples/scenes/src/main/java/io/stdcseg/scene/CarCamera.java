// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Camera;
import io.stdcseg.scene.render.Distortion;
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
 * @param distortion of straight lines by its lens
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
        Distortion distortion,
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
                Distortion.NONE,
                random.nextDouble() < 0.2 ? Optional.of(Bonnet.any(random)) : Optional.empty());
    }

    /** Any camera in any car or lorry: also high up, with a wide or a narrow lens, or askew. */
    static CarCamera wide(SplittableRandom random) {
        boolean turning = random.nextDouble() < 0.2;
        boolean high = random.nextDouble() < 0.2;
        double span =
                random.nextDouble() < 0.4 ? between(0.6, 2, random) : between(0.85, 1.4, random);
        // Seen from further up or with a wider lens, one's own car would end before the picture.
        boolean bonnet = !high && span < 1.3 && random.nextDouble() < 0.4;
        return new CarCamera(
                between(-0.6, 0.7, random),
                high ? between(0.6, 1.5, random) : between(-0.35, 0.6, random),
                turning ? between(-0.7, 0.7, random) : between(-0.15, 0.15, random),
                high ? between(-0.18, 0, random) : between(-0.1, 0.08, random),
                between(-0.05, 0.05, random),
                span,
                between(0.75, 1.7, random),
                between(0.8, 1.4, random),
                between(-0.12, 0.1, random),
                between(0.5, 9, random),
                new Lens(between(-0.2, 0.25, random), random.nextInt(4)),
                random.nextBoolean()
                        ? new Distortion(between(-0.06, 0.25, random))
                        : Distortion.NONE,
                bonnet ? Optional.of(Bonnet.any(random)) : Optional.empty());
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
        return sensor(light.level(), index, width, height);
    }

    /** Set to a street of such brightness. */
    Sensor sensor(double level, long index, int width, int height) {
        double gain = exposure / StrictMath.pow(level, 0.75);
        ToneCurve tone = new ToneCurve(gain, gamma, warmth);
        return new Sensor(index, width, height, tone, noise);
    }
}
