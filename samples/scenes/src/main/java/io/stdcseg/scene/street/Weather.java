// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import java.util.SplittableRandom;

/**
 * Weather of a day: its light, sky and air.
 *
 * @param horizon colour of the sky where it meets the street
 * @param zenith colour that it takes on above
 * @param cloud colour of clouds
 * @param cloudiness 0 for a clear sky, 1 for an overcast one
 * @param glare how white the sky is around the sun, 0 to 1
 * @param haze what distant things fade into
 * @param clearDistance metres at which half of a thing's own colour is left
 * @param wetness 0 for a dry road, 1 for one in the rain
 */
public record Weather(
        Light light,
        int horizon,
        int zenith,
        int cloud,
        double cloudiness,
        double glare,
        int haze,
        double clearDistance,
        double wetness) {

    /** The same with a road so wet. */
    Weather soaked(double wet) {
        return new Weather(
                light, horizon, zenith, cloud, cloudiness, glare, haze, clearDistance, wet);
    }

    /** A bright day: pale at the horizon, bluer above. */
    static Weather fine(SplittableRandom random) {
        Vec sun = new Vec(random.nextDouble() - 0.5, 0.7, random.nextDouble() - 0.7).unit();
        return new Weather(
                new Light(sun, 0.72, 0.4),
                Rgb.of(233, 244, 248),
                Rgb.of(150, 196, 232),
                Rgb.of(250, 252, 253),
                0.35 + 0.4 * random.nextDouble(),
                0,
                Rgb.of(176, 188, 196),
                420,
                0);
    }

    /** Any day of a year. */
    static Weather any(SplittableRandom random) {
        double kind = random.nextDouble();
        return kind < 0.5 ? sunny(random) : kind < 0.8 ? overcast(random) : dull(random);
    }

    /** The sun anywhere above the roofs or just over them, and shadows. */
    private static Weather sunny(SplittableRandom random) {
        double azimuth = 2 * StrictMath.PI * random.nextDouble();
        double height = 0.2 + 0.9 * random.nextDouble();
        Vec sun = new Vec(StrictMath.cos(azimuth), height, StrictMath.sin(azimuth)).unit();
        double strength = 0.5 + 0.7 * random.nextDouble();
        double pale = random.nextDouble();
        int haze = grey(175 + 60 * random.nextDouble(), random);
        return new Weather(
                new Light(sun, 0.42 + 0.25 * random.nextDouble(), strength),
                Rgb.mix(Rgb.of(214, 232, 246), grey(252, random), pale),
                Rgb.mix(Rgb.of(106, 164, 222), grey(246, random), 0.9 * pale),
                grey(246, random),
                0.9 * random.nextDouble(),
                random.nextDouble(),
                haze,
                120 + 600 * random.nextDouble(),
                0);
    }

    /** A white or light grey sky without shadows. */
    private static Weather overcast(SplittableRandom random) {
        double bright = 205 + 48 * random.nextDouble();
        int sky = grey(bright, random);
        return new Weather(
                new Light(Vec.UP, 0.78 + 0.2 * random.nextDouble(), 0.1),
                sky,
                grey(bright - 30 * random.nextDouble(), random),
                grey(bright - 12, random),
                random.nextDouble(),
                0,
                Rgb.lit(sky, 0.9),
                60 + 500 * random.nextDouble(),
                random.nextDouble() < 0.3 ? random.nextDouble() : 0);
    }

    /** Dark clouds, a street that is darker still, and rain now and then. */
    private static Weather dull(SplittableRandom random) {
        double bright = 150 + 60 * random.nextDouble();
        int cloud = grey(bright - 40 - 40 * random.nextDouble(), random);
        return new Weather(
                new Light(Vec.UP, 0.3 + 0.25 * random.nextDouble(), 0.05),
                grey(bright + 30, random),
                grey(bright, random),
                cloud,
                0.45 + 0.5 * random.nextDouble(),
                0,
                grey(bright - 20, random),
                80 + 400 * random.nextDouble(),
                random.nextDouble() < 0.5 ? random.nextDouble() : 0);
    }

    /** A grey with a breath of blue or yellow in it. */
    private static int grey(double bright, SplittableRandom random) {
        double blue = 10 * (random.nextDouble() - 0.35);
        return Rgb.of(bright - blue, bright, bright + blue);
    }
}
