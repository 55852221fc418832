// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

/**
 * Sampled variation: what light and camera do to one crop, drawn within the limits of a {@link
 * Variation}.
 *
 * @param roll of the camera, in radians
 * @param distortion of the lens, radial
 * @param gamma exponent of all levels
 * @param temperature share that red gains and blue loses
 * @param glare share of white at the centre of a light
 * @param glareX where it is, 0 = left to 1 = right
 * @param glareY where it is, 0 = top to 1 = bottom
 * @param blur standard deviation in pixels
 * @param noise standard deviation in levels
 * @param sharpness amount of an unsharp mask
 * @param jpeg compression
 * @param h264 compression
 * @param seed of the noise and of the motion between pictures
 * @param rare whether the crop is laid over a pixel of some class
 * @param classDraw which class, 0 to 1, exclusive
 * @param pixelDraw which of its pixels, 0 to 1, exclusive
 */
public record SampledVariation(
        double roll,
        double distortion,
        double gamma,
        double temperature,
        double glare,
        double glareX,
        double glareY,
        double blur,
        double noise,
        double sharpness,
        double jpeg,
        double h264,
        long seed,
        boolean rare,
        double classDraw,
        double pixelDraw) {

    /** Changes nothing. */
    public static final SampledVariation NONE =
            new SampledVariation(0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0);

    /** What moves pixels: the same must happen to labels. Null if nothing does. */
    CameraWarp warp(int rows, int columns) {
        return roll == 0 && distortion == 0
                ? null
                : new CameraWarp(roll, distortion, rows, columns);
    }

    /**
     * What changes levels, in the order in which light meets lens, sensor and encoder; in place. A
     * JPEG may be one of a picture from a video.
     *
     * @param rgb triples (rows, columns, 3)
     */
    void expose(byte[] rgb, int rows, int columns) {
        if (glare > 0) {
            Glare.add(rgb, rows, columns, glare, glareX, glareY);
        }
        if (blur > 0) {
            new GaussianBlur(blur).apply(rgb, rows, columns);
        }
        if (gamma != 1 || temperature != 0) {
            new ToneCurves(gamma, temperature).apply(rgb);
        }
        if (noise > 0) {
            SensorNoise.add(rgb, noise, seed);
        }
        if (sharpness > 0) {
            UnsharpMask.apply(rgb, rows, columns, sharpness);
        }
        if (h264 > 0) {
            H264Artefacts.add(rgb, rows, columns, h264, seed);
        }
        if (jpeg > 0) {
            JpegArtefacts.add(rgb, rows, columns, jpeg);
        }
    }
}
