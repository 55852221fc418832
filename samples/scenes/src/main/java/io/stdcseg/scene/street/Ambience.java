// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Tint;
import io.stdcseg.scene.render.Vec;
import java.util.SplittableRandom;

/**
 * Ambience of a street: its weather, the colours of its light, its lamps, and what is in the air.
 *
 * @param sky tint of the light from the sky
 * @param sun tint of the sun's
 * @param lamp tint of street lamps
 * @param lamps strength of all lamps, 0 for none
 * @param level brightness of a street that a camera adapts to, 1 on a fine day
 * @param rain 0 for none, 1 for a cloudburst
 * @param flare of the sun in the lens, 0 to 1
 */
public record Ambience(
        Weather weather,
        Tint sky,
        Tint sun,
        Tint lamp,
        double lamps,
        double level,
        double rain,
        double flare) {

    /** Metres at which half of a thing's colour is left where air is full of water. */
    private static final double MISTY = 60;

    static Ambience day(SplittableRandom random) {
        Weather weather = Weather.any(random);
        return lit(weather, Tint.WHITE, Tint.WHITE, 0);
    }

    static Ambience lowSun(SplittableRandom random) {
        // Along the street, where the most is seen of it.
        double azimuth =
                (random.nextDouble() < 0.6 ? 0.5 : -0.5) * StrictMath.PI
                        + (random.nextBoolean() ? 0.3 : 1.4) * (random.nextDouble() - 0.5);
        double height = 0.05 + 0.3 * random.nextDouble();
        Vec sun = new Vec(StrictMath.cos(azimuth), height, StrictMath.sin(azimuth)).unit();
        double warm = random.nextDouble();
        // Most of a street lies in the shade.
        double shade = 0.3 + 0.2 * random.nextDouble();
        double strength = 0.8 + 0.7 * random.nextDouble();
        int horizon = Rgb.mix(Rgb.of(250, 236, 208), Rgb.of(250, 218, 172), warm);
        Weather weather =
                new Weather(
                        new Light(sun, shade, strength),
                        horizon,
                        Rgb.mix(Rgb.of(150, 186, 226), Rgb.of(176, 184, 204), random.nextDouble()),
                        Rgb.of(252, 232, 204),
                        0.7 * random.nextDouble(),
                        0.6 + 0.4 * random.nextDouble(),
                        Rgb.lit(horizon, 0.92),
                        50 + 350 * random.nextDouble(),
                        0);
        return new Ambience(
                weather,
                new Tint(0.93, 0.97, 1.08),
                new Tint(1.12 + 0.16 * warm, 1 - 0.06 * warm, 0.82 - 0.3 * warm),
                Tint.WHITE,
                0,
                shade + 0.25 * strength,
                0,
                0.5 + 0.5 * random.nextDouble());
    }

    static Ambience dusk(SplittableRandom random) {
        double late = random.nextDouble();
        double red = random.nextDouble() * random.nextDouble();
        int horizon = Rgb.mix(Rgb.of(196, 196, 204), Rgb.of(240, 164, 108), red);
        int bright = Rgb.lit(horizon, 1 - 0.5 * late);
        Weather weather =
                new Weather(
                        new Light(Vec.UP, 0.42 - 0.2 * late, 0.04),
                        bright,
                        Rgb.lit(Rgb.of(104, 124, 168), 1 - 0.6 * late),
                        Rgb.lit(Rgb.mix(Rgb.of(130, 132, 146), horizon, 0.5), 0.9 - 0.5 * late),
                        0.2 + 0.7 * random.nextDouble(),
                        0,
                        Rgb.lit(Rgb.of(130, 136, 150), 0.95 - 0.5 * late),
                        90 + 400 * random.nextDouble(),
                        wetness(random));
        Tint sky = new Tint(0.92, 0.97, 1.12);
        Ambience dry = lit(weather, sky, streetLamp(random), 0.35 + 0.5 * late);
        return random.nextDouble() < 0.15 ? dry.raining(random) : dry;
    }

    static Ambience night(SplittableRandom random) {
        // Of the lamps of the town below it, or none.
        double glow = random.nextDouble() * random.nextDouble();
        Tint lamp = streetLamp(random);
        int sky =
                Rgb.of(
                        8 + 50 * glow * lamp.red(),
                        9 + 46 * glow * lamp.green(),
                        13 + 46 * glow * lamp.blue());
        Weather weather =
                new Weather(
                        // Of the town and the moon: what no lamp reaches is dark, but there.
                        new Light(Vec.UP, 0.1 + 0.12 * random.nextDouble(), 0),
                        Rgb.lit(sky, 1.4),
                        Rgb.lit(sky, 0.7),
                        Rgb.lit(sky, 1.6),
                        random.nextDouble(),
                        0,
                        Rgb.lit(sky, 1.3),
                        120 + 500 * random.nextDouble(),
                        wetness(random));
        double strength = 0.5 + 0.7 * random.nextDouble();
        Ambience dry = lit(weather, new Tint(0.9, 0.96, 1.15), lamp, strength);
        return random.nextDouble() < 0.2 ? dry.raining(random) : dry;
    }

    static Ambience rain(SplittableRandom random) {
        double bright = 140 + 85 * random.nextDouble();
        double blue = 8 * random.nextDouble();
        int sky = Rgb.of(bright - blue, bright, bright + blue);
        Weather weather =
                new Weather(
                        new Light(Vec.UP, 0.42 + 0.3 * random.nextDouble(), 0.03),
                        sky,
                        Rgb.lit(sky, 0.85 + 0.15 * random.nextDouble()),
                        Rgb.lit(sky, 0.8),
                        0.3 + 0.6 * random.nextDouble(),
                        0,
                        Rgb.lit(sky, 0.95),
                        70 + 250 * random.nextDouble(),
                        0.6 + 0.4 * random.nextDouble());
        Tint cool = new Tint(0.97, 1, 1.03);
        double lamps = random.nextDouble() < 0.4 ? 0.3 : 0;
        return lit(weather, cool, Tint.WHITE, lamps).raining(random);
    }

    static Ambience fog(SplittableRandom random) {
        double bright = 165 + 75 * random.nextDouble();
        double warm = 10 * (random.nextDouble() - 0.5);
        int white = Rgb.of(bright + warm, bright, bright - warm);
        double clear = 10 + 45 * random.nextDouble();
        Weather weather =
                new Weather(
                        new Light(Vec.UP, 0.6 + 0.3 * random.nextDouble(), 0.03),
                        white,
                        Rgb.lit(white, 1.02),
                        white,
                        0,
                        0,
                        white,
                        clear,
                        wetness(random));
        double lamps = random.nextDouble() < 0.5 ? 0.35 : 0;
        // Bright air makes cameras close their shutters.
        return new Ambience(weather, Tint.WHITE, Tint.WHITE, Tint.WHITE, lamps, bright / 190, 0, 0);
    }

    /** How far the halos of lamps spread, 1 in clear air. */
    public double halo() {
        return weather.clearDistance() < MISTY || rain > 0 ? 1.6 : 1;
    }

    private static Ambience lit(Weather weather, Tint sky, Tint lamp, double lamps) {
        double level = weather.light().level() + lamps;
        return new Ambience(weather, sky, Tint.WHITE, lamp, lamps, level, 0, 0);
    }

    private Ambience raining(SplittableRandom random) {
        double strength = 0.25 + 0.75 * random.nextDouble();
        return new Ambience(
                weather.soaked(0.6 + 0.4 * strength), sky, sun, lamp, lamps, level, strength, 0);
    }

    private static double wetness(SplittableRandom random) {
        double wet = 1.4 * random.nextDouble() - 0.8;
        return Math.max(0, wet);
    }

    /** Sodium, which is orange, or any kind of white. */
    private static Tint streetLamp(SplittableRandom random) {
        double warm = random.nextDouble() < 0.4 ? 1 : 0.5 * random.nextDouble();
        return new Tint(1, 0.97 - 0.33 * warm, 0.95 - 0.7 * warm);
    }
}
