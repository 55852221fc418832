// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Camera;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Sensor;
import io.stdcseg.scene.render.Sensor.ToneCurve;
import io.stdcseg.scene.street.Town;

/**
 * Street scene: a drive along a rendered street, endless video with a label for every pixel, in the
 * classes of the {@code camvid} label set.
 *
 * <p>A frame depends on the options and its index alone, not on the frames rendered before it nor
 * on the machine. Belongs to one thread.
 */
final class StreetScene {

    /** Metres that the picture spans at one metre's distance, across and up. */
    private static final double SPAN = 1.15;

    private static final double SPAN_UP = 0.7;

    private final SceneOptions options;
    private final Town town;
    private final Framebuffer picture;

    StreetScene(SceneOptions options) {
        this.options = options;
        this.town = Town.plain(options.seed());
        this.picture = new Framebuffer(options.width(), options.height());
    }

    /** A scene of this seed and size. */
    StreetScene(long seed, int width, int height, double frameRate) {
        this(new SceneOptions(seed, width, height, frameRate));
    }

    /**
     * Renders one frame.
     *
     * @param index from 0
     * @return the same object each time, with the frame's colours and labels
     */
    Framebuffer render(long index) {
        double seconds = index / options.frameRate();
        double span = Math.max(SPAN, SPAN_UP * options.width() / options.height());
        Camera camera = Camera.wide(town.eye(seconds), options.width(), options.height(), span);
        Mesh mesh = new Mesh(camera.pose().origin(), town.light());
        town.build(mesh, seconds);
        Sensor sensor =
                new Sensor(index, options.width(), options.height(), ToneCurve.NEUTRAL, 2.5);
        picture.render(camera, mesh, town.sky(seconds), sensor);
        return picture;
    }
}
