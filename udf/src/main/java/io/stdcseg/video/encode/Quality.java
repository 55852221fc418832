// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import io.stdcseg.error.InputException;

/**
 * Quality scale of 0 to 100 for all codecs, onto the quantisers of their encoders.
 *
 * <p>At 60 they were chosen for like SSIM. Fifteen steps more halve the quantiser's step, as six of
 * H.264's do, and double the bytes, about.
 */
final class Quality {

    private static final int MOST = 100;

    private Quality() {}

    static void check(int quality) {
        if (quality < 0 || quality > MOST) {
            throw new InputException("--quality " + quality + " is not in 0 to 100");
        }
    }

    /**
     * The quantiser of an encoder whose scale goes by the logarithm of its step.
     *
     * @param usual at the default quality
     * @param perPoint by how much it falls for a point more
     */
    static int logarithmic(int quality, double usual, double perPoint, int least, int most) {
        double value = usual + perPoint * (VideoFormat.DEFAULT_QUALITY - quality);
        return clamp(value, least, most);
    }

    /** The quantiser of an encoder whose scale is its step. */
    static int linear(int quality, double usual, int least, int most) {
        double halvings = (quality - VideoFormat.DEFAULT_QUALITY) / 15.0;
        return clamp(usual * Math.pow(2, -halvings), least, most);
    }

    private static int clamp(double value, int least, int most) {
        return (int) Math.max(least, Math.min(most, Math.round(value)));
    }
}
