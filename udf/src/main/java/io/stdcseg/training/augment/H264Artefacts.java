// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.training.augment;

import io.stdcseg.video.encode.H264RoundTrip;
import java.util.SplittableRandom;

/** Artefacts of H.264: what is left of a picture from a moving camera that was encoded as video. */
final class H264Artefacts {

    /** No eye sees what this quantiser loses. */
    private static final int LEAST_QUANTISER = 18;

    /** How far a camera moves from one picture to the next at most, in pixels. */
    private static final int MOTION = 8;

    private H264Artefacts() {}

    /**
     * Encodes and decodes, in place.
     *
     * @param rgb triples (rows, columns, 3)
     * @param compression 0 = quantiser 18 to 1 = quantiser 51, the largest
     * @param seed of the camera's motion
     */
    static void add(byte[] rgb, int rows, int columns, double compression, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (H264RoundTrip codec = new H264RoundTrip(rows, columns, quantiser(compression))) {
            codec.apply(
                    rgb, random.nextInt(-MOTION, MOTION + 1), random.nextInt(-MOTION, MOTION + 1));
        }
    }

    static int quantiser(double compression) {
        int range = H264RoundTrip.MOST_QUANTISER - LEAST_QUANTISER;
        return LEAST_QUANTISER + (int) Math.round(compression * range);
    }
}
