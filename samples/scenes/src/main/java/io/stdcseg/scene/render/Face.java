// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Face: a flat convex polygon in the world.
 *
 * @param origin where u and v are zero; need not lie inside
 * @param u direction of the material's first coordinate, length one
 * @param v direction of the second, length one
 * @param outline u and v of each corner, in turn
 * @param paint whose material has these coordinates
 * @param light brightness of the face, 1 in plain daylight
 * @param shade brightness where something keeps the direct light off
 */
public record Face(
        Vec origin, Vec u, Vec v, double[] outline, Paint paint, double light, double shade) {}
