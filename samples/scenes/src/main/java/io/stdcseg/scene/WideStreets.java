// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene;

import io.stdcseg.scene.render.Effect;
import io.stdcseg.scene.render.Flare;
import io.stdcseg.scene.render.Framebuffer;
import io.stdcseg.scene.render.Glare;
import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.LampLight;
import io.stdcseg.scene.render.Light;
import io.stdcseg.scene.render.Lighting;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rain;
import io.stdcseg.scene.render.ShadowMap;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.render.WetGround;
import io.stdcseg.scene.render.Windscreen;
import io.stdcseg.scene.street.Ambience;
import io.stdcseg.scene.street.Condition;
import io.stdcseg.scene.street.Place;
import io.stdcseg.scene.street.Seeds;
import io.stdcseg.scene.street.Town;
import io.stdcseg.scene.thing.StreetClass;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random streets of wide variety: by day and at night, in rain, fog and low sun, in towns, on
 * motorways and in tunnels, seen by any camera.
 *
 * <p>What is where, and so every label, does not depend on the condition.
 */
final class WideStreets implements Streets {

    /** Brightness of a tunnel, 1 for a street on a fine day. */
    private static final double INSIDE = 0.75;

    /** Share of windscreens that mirror the dashboard. */
    private static final double MIRRORING = 0.2;

    private final long seed;
    private final Framebuffer picture;
    private final ShadowMap shadowMap = TownView.shadowMap();

    WideStreets(long seed, int width, int height) {
        this.seed = seed;
        this.picture = new Framebuffer(width, height);
    }

    @Override
    public Framebuffer render(long index) {
        SplittableRandom random = Seeds.random(seed, index);
        Place place = Place.any(random);
        Condition condition = Condition.any(random);
        return render(index, place, condition, random);
    }

    /** Renders a picture in a place and a condition of one's choice. */
    Framebuffer render(long index, Place place, Condition condition) {
        SplittableRandom random = Seeds.random(seed, index);
        Place.any(random);
        Condition.any(random);
        return render(index, place, condition, random);
    }

    private Framebuffer render(
            long index, Place place, Condition condition, SplittableRandom random) {
        Ambience ambience = condition.ambience(random.split());
        Town town = place.town(random.nextLong(), ambience.weather());
        TownView view = TownView.any(town, random, CarCamera::wide);
        CarCamera taken = view.taken();
        boolean inside = place.covered(view.eye().origin().z());
        LampLight lamps = lamps(view.mesh(), view.eye(), ambience, place);
        Lighting lighting =
                new Lighting(
                        view.isGrey() ? null : view.shadows(shadowMap),
                        ambience.sky(),
                        ambience.sun(),
                        lamps,
                        place == Place.TUNNEL ? place::covered : null);
        List<Effect> effects = effects(ambience, lamps, inside, random);
        double level = inside ? INSIDE : ambience.level();
        picture.render(
                view.camera(picture),
                view.mesh(),
                town.sky(view.seconds()),
                lighting,
                effects,
                taken.sensor(level, index, picture.width(), picture.height()));
        taken.distortion()
                .apply(picture.rgb(), picture.labels(), picture.width(), picture.height());
        taken.lens().apply(picture.rgb(), picture.width(), picture.height());
        return picture;
    }

    /** The lamps that are lit, one's own among them; null for none. */
    private static LampLight lamps(Mesh mesh, Pose eye, Ambience ambience, Place place) {
        double strength = place == Place.TUNNEL ? 0.8 : ambience.lamps();
        if (strength == 0) {
            return null;
        }
        List<Lamp> all = new ArrayList<>(mesh.lamps());
        Vec dipped = eye.tilted(-0.06).ahead();
        for (double x : new double[] {-0.6, 0.6}) {
            all.add(new Lamp(eye.at(x, -0.6, 2.2), dipped, Lamp.Kind.BEAM));
        }
        return new LampLight(all, ambience.lamp(), strength);
    }

    private static List<Effect> effects(
            Ambience ambience, LampLight lamps, boolean inside, SplittableRandom random) {
        long seed = random.nextLong();
        double glass = random.nextDouble();
        List<Effect> all = new ArrayList<>();
        if (lamps != null) {
            all.add(new Glare(lamps, ambience.halo()));
        }
        if (inside) {
            return all;
        }
        double wetness = ambience.weather().wetness();
        if (wetness > 0) {
            all.add(new WetGround(wetness, WideStreets::mirrors, seed % 1000));
        }
        if (ambience.flare() > 0) {
            Light light = ambience.weather().light();
            all.add(new Flare(light.towards(), ambience.sun(), ambience.flare()));
        }
        if (glass < MIRRORING && ambience.lamps() == 0) {
            all.add(new Windscreen(ambience.level() * (1 - glass / MIRRORING), seed % 1000));
        }
        if (ambience.rain() > 0) {
            all.add(new Rain(ambience.rain(), seed));
        }
        return all;
    }

    private static boolean mirrors(int label) {
        return label == StreetClass.ROAD.trainId() || label == StreetClass.PAVEMENT.trainId();
    }
}
