// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Procedural material: what a face looks like, as a pure function of the place on it. */
@FunctionalInterface
public interface Material {

    /** The colour, as {@link Rgb} packs it, under plain daylight. */
    int color(Fragment at);

    /** The light that it gives off itself while lamps are lit; black for none. */
    default int glow(Fragment at) {
        return 0;
    }

    /** Whether the face exists at this point; only asked of cut-out faces and veils. */
    default boolean covers(double u, double v) {
        return true;
    }

    /** One that looks like {@code look} in any light, and gives off the colour of {@code glow}. */
    static Material glowing(Material look, Material glow) {
        return new Material() {
            @Override
            public int color(Fragment at) {
                return look.color(at);
            }

            @Override
            public int glow(Fragment at) {
                return glow.color(at);
            }
        };
    }

    /** The same colour everywhere. */
    static Material plain(int color) {
        return at -> color;
    }
}
