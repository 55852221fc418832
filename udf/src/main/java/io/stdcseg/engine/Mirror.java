// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.nio.FloatBuffer;

/** Pictures and scores with left and right exchanged. */
final class Mirror {

    private Mirror() {}

    /**
     * Mirrors in place.
     *
     * @param values rows of {@code width} pixels of {@code channels} numbers
     */
    static void columns(FloatBuffer values, int width, int channels) {
        int row = width * channels;
        float[] numbers = new float[row];
        for (int at = 0; at < values.capacity(); at += row) {
            values.get(at, numbers);
            for (int x = 0; x < width; x++) {
                values.put(at + (width - 1 - x) * channels, numbers, x * channels, channels);
            }
        }
    }
}
