// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import io.stdcseg.scene.render.Backdrop;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;

/**
 * The sky over a street, with clouds drifting across.
 *
 * @param weather its colours and clouds
 * @param seconds moves the clouds
 * @param shift makes each sky its own
 */
record Sky(Weather weather, double seconds, double shift) implements Backdrop {

    private static final int WHITE = Rgb.of(255, 255, 255);

    @Override
    public int color(Vec direction) {
        double length = direction.length();
        double height = direction.y() / length;
        if (height <= 0.01) {
            return weather.horizon();
        }
        int clear = Rgb.mix(weather.horizon(), weather.zenith(), 1.6 * height);
        double x = direction.x() / (direction.y() + 0.12) + seconds * 0.004 + shift;
        double z = direction.z() / (direction.y() + 0.12);
        double cloud = 0.5 + Noise.hills(1.4 * x, 0.7 * z, 1.6, 0.1, 0) - 1 + weather.cloudiness();
        int color = Rgb.mix(clear, weather.cloud(), 2.2 * cloud);
        if (weather.glare() == 0) {
            return color;
        }
        double near = Math.max(0, direction.dot(weather.light().towards()) / length);
        double glow = near * near * near * near;
        return Rgb.mix(color, WHITE, weather.glare() * (0.6 * glow + glow * glow * glow));
    }

    @Override
    public int haze() {
        return weather.haze();
    }

    @Override
    public double clearDistance() {
        return weather.clearDistance();
    }

    @Override
    public int label() {
        return StreetClass.SKY.trainId();
    }
}
