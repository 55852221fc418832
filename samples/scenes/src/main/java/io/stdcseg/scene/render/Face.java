// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * A flat convex shape in the world.
 *
 * @param origin where u and v are zero; need not lie inside
 * @param u direction of the material's first coordinate, length one
 * @param v direction of the second, length one
 * @param outline u and v of each corner, in turn
 * @param light brightness of the face, 1 in plain daylight
 * @param shade brightness where something keeps the direct light off
 * @param label train id of the pixels that show it
 */
public record Face(
        Vec origin,
        Vec u,
        Vec v,
        double[] outline,
        Material material,
        Finish finish,
        double light,
        double shade,
        int label) {}
