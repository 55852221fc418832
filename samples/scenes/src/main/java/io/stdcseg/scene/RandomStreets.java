// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.render.ShadowMap;
import io.stdcseg.scene.street.Seeds;
import io.stdcseg.scene.street.Town;
import java.util.SplittableRandom;

/**
 * Random streets: single pictures to learn from, no two of the same street (domain randomisation).
 * Each is a moment of a drive through a town of its own, in its own weather, seen by a camera of
 * its own.
 *
 * <p>A picture depends on seed, size and index alone. Belongs to one thread.
 */
final class RandomStreets implements Streets {

    /** Share of pictures that show streets like the sample clip's. */
    private static final double PLAIN = 0.25;

    private final long seed;
    private final Framebuffer picture;
    private final ShadowMap shadowMap = TownView.shadowMap();

    RandomStreets(long seed, int width, int height) {
        this.seed = seed;
        this.picture = new Framebuffer(width, height);
    }

    @Override
    public Framebuffer render(long index) {
        SplittableRandom random = Seeds.random(seed, index);
        boolean plain = random.nextDouble() < PLAIN;
        Town town = plain ? Town.plain(random.nextLong()) : Town.varied(random.nextLong());
        TownView view = TownView.any(town, random, CarCamera::any);
        CarCamera taken = view.taken();
        // The sample clip has no shadows.
        picture.render(
                view.camera(picture),
                view.mesh(),
                town.sky(view.seconds()),
                plain || view.isGrey() ? null : view.shadows(shadowMap),
                taken.sensor(town.light(), index, picture.width(), picture.height()));
        taken.lens().apply(picture.rgb(), picture.width(), picture.height());
        return picture;
    }
}
