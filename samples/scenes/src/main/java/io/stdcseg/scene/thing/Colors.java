// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.thing;

import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/** Colours that people choose for what they wear, drive and paint. */
public final class Colors {

    private static final int[] HUES = {
        Rgb.of(150, 30, 34), Rgb.of(110, 24, 36), Rgb.of(28, 44, 96), Rgb.of(44, 76, 140),
        Rgb.of(24, 60, 48), Rgb.of(60, 96, 70), Rgb.of(96, 72, 50), Rgb.of(150, 128, 96),
        Rgb.of(190, 150, 50), Rgb.of(200, 104, 40), Rgb.of(90, 130, 160), Rgb.of(110, 60, 90),
    };

    private Colors() {}

    /**
     * Any colour.
     *
     * @param loud chance of a hue instead of black, grey or white, 0 to 1
     * @param light chance of a light tone among the latter
     */
    public static int any(double loud, double light, SplittableRandom random) {
        double tone = random.nextDouble();
        if (random.nextDouble() < loud) {
            return Rgb.lit(HUES[random.nextInt(HUES.length)], 0.6 + 0.8 * tone);
        }
        double bright = random.nextDouble() < light ? 150 + 90 * tone : 18 + 90 * tone * tone;
        double warm = 0.06 * bright * (random.nextDouble() - 0.5);
        return Rgb.of(bright + warm, bright, bright - warm);
    }
}
