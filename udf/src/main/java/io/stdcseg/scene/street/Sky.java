// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Backdrop;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;

/** A bright sky: pale at the horizon, bluer above, with clouds drifting across. */
record Sky(double cloudiness, double seconds, double shift) implements Backdrop {

    private static final int HORIZON = Rgb.of(233, 244, 248);
    private static final int ZENITH = Rgb.of(150, 196, 232);
    private static final int CLOUD = Rgb.of(250, 252, 253);
    private static final int HAZE = Rgb.of(176, 188, 196);

    @Override
    public int color(Vec direction) {
        double height = direction.y() / direction.length();
        if (height <= 0.01) {
            return HORIZON;
        }
        int clear = Rgb.mix(HORIZON, ZENITH, 1.6 * height);
        double x = direction.x() / (direction.y() + 0.12) + seconds * 0.004 + shift;
        double z = direction.z() / (direction.y() + 0.12);
        double cloud = 0.5 + Noise.hills(1.4 * x, 0.7 * z, 1.6, 0.1, 0) - 1 + cloudiness;
        return Rgb.mix(clear, CLOUD, 2.2 * cloud);
    }

    @Override
    public int haze() {
        return HAZE;
    }

    @Override
    public double clearDistance() {
        return 420;
    }

    @Override
    public int label() {
        return StreetClass.SKY.trainId();
    }
}
