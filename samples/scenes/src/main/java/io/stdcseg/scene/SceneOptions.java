// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.error.InputException;

/**
 * Options of a rendered street.
 *
 * @param seed decides everything that is left to chance
 * @param width columns, 16 to 7680
 * @param height rows, 16 to 4320
 * @param frameRate frames per second, 1 to 240
 */
record SceneOptions(long seed, int width, int height, double frameRate) {

    /** The sample clip's. */
    static final SceneOptions DEFAULT = new SceneOptions(10, 640, 360, 15);

    SceneOptions {
        if (width < 16 || width > 7680 || height < 16 || height > 4320) {
            throw new InputException(
                    "size " + width + "x" + height + " of a scene; 16x16 to 7680x4320 are allowed");
        }
        if (!(frameRate >= 1 && frameRate <= 240)) {
            throw new InputException(
                    "frame rate " + frameRate + " of a scene; 1 to 240 are allowed");
        }
    }
}
