// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.function.DoublePredicate;

/**
 * Lighting of a scene: what falls on its faces, and in which colours. Belongs to one thread.
 *
 * @param shadows where the direct light falls; null for everywhere
 * @param sky tint of the light from the whole sky
 * @param sun tint of the direct light
 * @param lamps those that are lit; null for none
 * @param covered whether daylight is kept off at a z, as in a tunnel; null for nowhere
 */
public record Lighting(
        ShadowMap shadows, Tint sky, Tint sun, LampLight lamps, DoublePredicate covered) {

    /** Share of the daylight that is left where it is kept off. */
    private static final double INDOORS = 0.12;

    /** White daylight and nothing else. */
    static Lighting daylight(ShadowMap shadows) {
        return new Lighting(shadows, Tint.WHITE, Tint.WHITE, null, null);
    }

    /** Whether there is white daylight and nothing else. */
    boolean plain() {
        return sky.equals(Tint.WHITE) && sun.equals(Tint.WHITE) && lamps == null && covered == null;
    }

    /**
     * A face's colour in this light.
     *
     * @param direct share of the direct light that reaches the point
     * @param glow what the face gives off itself while lamps are lit
     */
    int lit(int color, int glow, Face face, double direct, Vec point) {
        double open = covered != null && covered.test(point.z()) ? INDOORS : 1;
        double soft = open * face.shade();
        double hard = open * direct * (face.light() - face.shade());
        double[] rgb = {
            soft * sky.red() + hard * sun.red(),
            soft * sky.green() + hard * sun.green(),
            soft * sky.blue() + hard * sun.blue()
        };
        if (lamps == null) {
            return Rgb.lit(color, rgb[0], rgb[1], rgb[2]);
        }
        lamps.add(point, face.v().cross(face.u()), rgb);
        return Rgb.plus(Rgb.lit(color, rgb[0], rgb[1], rgb[2]), glow, lamps.strength());
    }
}
