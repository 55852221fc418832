// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.List;

/**
 * Framebuffer: the pixels of one rendered frame, reused from frame to frame. Belongs to one thread.
 *
 * <p>{@link #rgb()} holds three bytes per pixel, {@link #labels()} one train id per pixel, both by
 * rows from the top left.
 */
public final class Framebuffer {

    private final int width;
    private final int height;
    private final byte[] rgb;
    private final byte[] labels;
    private final int[] colors;
    private final Rasteriser rasteriser;

    public Framebuffer(int width, int height) {
        this.width = width;
        this.height = height;
        this.rgb = new byte[3 * width * height];
        this.labels = new byte[width * height];
        this.colors = new int[width * height];
        this.rasteriser = new Rasteriser(width, height);
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public byte[] rgb() {
        return rgb;
    }

    public byte[] labels() {
        return labels;
    }

    /** Renders what the camera sees, as the sensor records it, without shadows. */
    public void render(Camera camera, Iterable<Face> faces, Backdrop backdrop, Sensor sensor) {
        render(camera, faces, backdrop, null, sensor);
    }

    /**
     * Renders what the camera sees, as the sensor records it.
     *
     * @param shadows where the direct light falls; null for everywhere
     */
    public void render(
            Camera camera,
            Iterable<Face> faces,
            Backdrop backdrop,
            ShadowMap shadows,
            Sensor sensor) {
        render(camera, faces, backdrop, Lighting.daylight(shadows), List.of(), sensor);
    }

    /**
     * Renders what the camera sees in any light, as the sensor records it.
     *
     * @param effects what happens to the light between the scene and the sensor, in turn
     */
    public void render(
            Camera camera,
            Iterable<Face> faces,
            Backdrop backdrop,
            Lighting lighting,
            List<Effect> effects,
            Sensor sensor) {
        rasteriser.draw(camera, faces);
        Shader shader = new Shader(rasteriser, camera, backdrop, lighting);
        for (int pixel = 0; pixel < colors.length; pixel++) {
            colors[pixel] = shader.color(pixel % width, pixel / width);
            labels[pixel] = (byte) shader.label();
        }
        View view = new View(camera, rasteriser, colors, labels);
        for (Effect effect : effects) {
            effect.apply(view);
        }
        for (int pixel = 0; pixel < colors.length; pixel++) {
            sensor.record(colors[pixel], pixel % width, pixel / width, rgb, 3 * pixel);
        }
    }
}
