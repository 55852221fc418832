// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.error.InputException;
import java.util.random.RandomGenerator;

/**
 * Variation of light and camera: limits of what may happen to a crop before the network sees it, so
 * that it does not learn the light of one day and the lens of one camera. Each effect is applied to
 * every second crop, as strongly as chance has it; 0 leaves it out.
 *
 * @param roll degrees by which the camera is turned about its axis at most, either way
 * @param distortion of the lens at most, either way: radial, {@code r (1 + k r^2)}, r = 1 in the
 *     corners of the crop
 * @param gamma logarithm of the exponent of all levels at most, either way: dusk, a low sun behind
 * @param temperature share by which red gains and blue loses at most, or the other way round: white
 *     balance
 * @param glare share of white that a light adds at its centre at most: low sun, headlamps
 * @param blur standard deviation in pixels at most: focus, motion, rain on the lens
 * @param noise standard deviation in levels of 255 at most: night
 * @param sharpness share of what a blur takes away that the camera adds at most: halos at edges
 * @param jpeg compression at most, 0 = quality 100 to 1 = quality 0
 * @param h264 compression at most, 0 = quantiser 18 to 1 = quantiser 51
 * @param rare share of the crops that are laid over a pixel of a class that chance picks among
 *     those of the picture, rare ones as often as others
 * @param classAware share of the data set's crops whose picture is drawn by class, rare ones as
 *     often as others; the sampler does it
 */
public record Variation(
        double roll,
        double distortion,
        double gamma,
        double temperature,
        double glare,
        double blur,
        double noise,
        double sharpness,
        double jpeg,
        double h264,
        double rare,
        double classAware) {

    /** Changes nothing. */
    public static final Variation NONE = new Variation(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public Variation {
        within("roll", roll, 45);
        within("distortion", distortion, 0.5);
        within("gamma", gamma, 2);
        within("temperature", temperature, 1);
        within("glare", glare, 1);
        within("blur", blur, 8);
        within("noise", noise, 100);
        within("sharpness", sharpness, 4);
        within("jpeg", jpeg, 1);
        within("h264", h264, 1);
        within("rare", rare, 1);
        within("class-aware", classAware, 1);
    }

    private static void within(String key, double value, double most) {
        InputException.unless(
                value >= 0 && value <= most,
                "variation." + key,
                value,
                "0 to " + (most % 1 == 0 ? String.valueOf((int) most) : String.valueOf(most)));
    }

    /**
     * Draws one; takes as many random numbers whatever the outcome. New effects draw behind all
     * others, so that a training of before goes on with the numbers that it would have had.
     */
    SampledVariation draw(RandomGenerator random) {
        double drawnRoll = Math.toRadians(eitherWay(roll, random));
        double drawnDistortion = eitherWay(distortion, random);
        double drawnGamma = Math.exp(eitherWay(gamma, random));
        double drawnTemperature = eitherWay(temperature, random);
        double drawnGlare = upTo(glare, random);
        double glareX = random.nextDouble();
        double glareY = random.nextDouble();
        double drawnBlur = upTo(blur, random);
        double drawnNoise = upTo(noise, random);
        double drawnJpeg = upTo(jpeg, random);
        long seed = random.nextLong();
        boolean drawnRare = random.nextDouble() < rare;
        double classDraw = random.nextDouble();
        double pixelDraw = random.nextDouble();
        double drawnH264 = upTo(h264, random);
        double drawnSharpness = upTo(sharpness, random);
        return new SampledVariation(
                drawnRoll,
                drawnDistortion,
                drawnGamma,
                drawnTemperature,
                drawnGlare,
                glareX,
                glareY,
                drawnBlur,
                drawnNoise,
                drawnSharpness,
                drawnJpeg,
                drawnH264,
                seed,
                drawnRare,
                classDraw,
                pixelDraw);
    }

    private static double upTo(double most, RandomGenerator random) {
        boolean applied = random.nextBoolean();
        double strength = most * random.nextDouble();
        return applied ? strength : 0;
    }

    private static double eitherWay(double most, RandomGenerator random) {
        boolean applied = random.nextBoolean();
        double strength = most * (2 * random.nextDouble() - 1);
        return applied ? strength : 0;
    }
}
