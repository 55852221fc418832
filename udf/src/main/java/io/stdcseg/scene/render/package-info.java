// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A small software renderer: convex faces with procedural materials, seen through a pinhole camera.
 *
 * <p>A picture is made in two passes. The {@link io.stdcseg.scene.render.Rasteriser} finds which
 * face every one of four samples per pixel sees; the {@link io.stdcseg.scene.render.Developer} then
 * colours each pixel once per face seen in it and takes the label from the same samples. Only IEEE
 * arithmetic and {@link java.lang.StrictMath} are used, so every machine makes the same picture.
 */
package io.stdcseg.scene.render;
