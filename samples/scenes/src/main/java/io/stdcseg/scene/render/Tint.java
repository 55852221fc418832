// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Tint of a light: a factor for each of red, green and blue; 1 leaves a colour as it is. */
public record Tint(double red, double green, double blue) {

    public static final Tint WHITE = new Tint(1, 1, 1);

    /** The tint times {@code factor}. */
    public Tint times(double factor) {
        return new Tint(red * factor, green * factor, blue * factor);
    }
}
