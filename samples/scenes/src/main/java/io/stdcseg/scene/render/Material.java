// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** What a face looks like at every point of it; a pure function of the place. */
@FunctionalInterface
public interface Material {

    /** The colour, as {@link Rgb} packs it, under plain daylight. */
    int color(Texel at);

    /** Whether the face exists at this point; only asked of cut-out faces. */
    default boolean covers(double u, double v) {
        return true;
    }

    /** The same colour everywhere. */
    static Material plain(int color) {
        return at -> color;
    }
}
