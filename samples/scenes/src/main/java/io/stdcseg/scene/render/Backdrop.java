// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/** Backdrop of a scene: what is seen where there is no face. */
public interface Backdrop {

    /** The colour, as {@link Rgb} packs it, in a direction of the world. */
    int color(Vec direction);

    /** The colour that distant things fade into. */
    int haze();

    /** Metres at which half of a thing's own colour is left. */
    double clearDistance();

    /** The train id of the backdrop's pixels. */
    int label();
}
