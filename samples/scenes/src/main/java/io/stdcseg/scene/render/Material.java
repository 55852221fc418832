// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Procedural material: what a face looks like, as a pure function of the place on it. */
@FunctionalInterface
public interface Material {

    /** The colour, as {@link Rgb} packs it, under plain daylight. */
    int color(Fragment at);

    /** Whether the face exists at this point; only asked of cut-out faces. */
    default boolean covers(double u, double v) {
        return true;
    }

    /** The same colour everywhere. */
    static Material plain(int color) {
        return at -> color;
    }
}
