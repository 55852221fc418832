// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** RGB colours packed as {@code 0xAARRGGBB}; alpha is opacity and matters on veils only. */
public final class Rgb {

    private Rgb() {}

    /** An opaque colour; parts beyond 0 to 255 are clipped. */
    public static int of(double red, double green, double blue) {
        return 0xFF000000 | clip(red) << 16 | clip(green) << 8 | clip(blue);
    }

    /** {@code a} where {@code share} is 0, {@code b} where it is 1; the opacity of {@code a}. */
    public static int mix(int a, int b, double share) {
        int part = (int) (Math.max(0, Math.min(1, share)) * 256);
        int rest = 256 - part;
        int redBlue = ((a & 0xFF00FF) * rest + (b & 0xFF00FF) * part) >>> 8 & 0xFF00FF;
        int green = ((a & 0xFF00) * rest + (b & 0xFF00) * part) >>> 8 & 0xFF00;
        return (a & 0xFF000000) | redBlue | green;
    }

    /** Every part times {@code factor}, clipped at white. */
    public static int lit(int color, double factor) {
        int f = (int) (Math.max(0, factor) * 256);
        int red = Math.min(255, ((color >> 16 & 255) * f) >> 8);
        int green = Math.min(255, ((color >> 8 & 255) * f) >> 8);
        int blue = Math.min(255, ((color & 255) * f) >> 8);
        return (color & 0xFF000000) | red << 16 | green << 8 | blue;
    }

    /** Every part times a factor of its own, clipped at white. */
    static int lit(int color, double red, double green, double blue) {
        int r = Math.min(255, (int) ((color >> 16 & 255) * red));
        int g = Math.min(255, (int) ((color >> 8 & 255) * green));
        int b = Math.min(255, (int) ((color & 255) * blue));
        return (color & 0xFF000000) | r << 16 | g << 8 | b;
    }

    /** A colour and {@code share} of another one's light, clipped at white. */
    static int plus(int color, int light, double share) {
        int f = (int) (256 * share);
        int red = Math.min(255, (color >> 16 & 255) + (((light >> 16 & 255) * f) >> 8));
        int green = Math.min(255, (color >> 8 & 255) + (((light >> 8 & 255) * f) >> 8));
        int blue = Math.min(255, (color & 255) + (((light & 255) * f) >> 8));
        return (color & 0xFF000000) | red << 16 | green << 8 | blue;
    }

    /** The same colour with an opacity of 0 to 1. */
    public static int veiled(int color, double opacity) {
        return (color & 0xFFFFFF) | clip(opacity * 255) << 24;
    }

    private static int clip(double part) {
        return part <= 0 ? 0 : part >= 255 ? 255 : (int) (part + 0.5);
    }
}
