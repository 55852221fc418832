// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A small software renderer: convex faces with procedural materials, seen through a pinhole camera.
 *
 * <p>A picture is made in two passes. The {@link io.stdcseg.scene.render.Rasteriser} finds which
 * face every one of four samples per pixel sees; the {@link io.stdcseg.scene.render.Shader} then
 * colours each pixel once per face seen in it and takes the label from the same samples. Only IEEE
 * arithmetic and {@link java.lang.StrictMath} are used, so every machine makes the same picture.
 *
 * <p>Shadows are found in the same way: what a second {@link io.stdcseg.scene.render.Rasteriser}
 * sees from the sun is lit. {@link io.stdcseg.scene.render.Sensor} and {@link
 * io.stdcseg.scene.render.Lens} do to a picture what a camera does.
 */
package io.stdcseg.scene.render;
