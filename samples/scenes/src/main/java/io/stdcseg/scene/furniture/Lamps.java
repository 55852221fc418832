// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.furniture;

import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Street lamps, and everything else that is thin and tall. */
public final class Lamps {

    private static final Vec DOWN = Vec.UP.times(-1);
    private static final Paint HEAD = glowing(StreetClass.POLE, Rgb.of(196, 196, 188));
    private static final Paint ORANGE = glowing(StreetClass.SIGN, Rgb.of(236, 150, 30));

    private Lamps() {}

    private static Paint glowing(StreetClass label, int color) {
        return label.paint(Material.glowing(Material.plain(color), Material.plain(color)));
    }

    static Paint metal(SplittableRandom random) {
        double bright = random.nextBoolean() ? 28 : 80 + 110 * random.nextDouble();
        return StreetClass.POLE.paint(Rgb.of(bright, bright + 2, bright + 2));
    }

    /** A street lamp whose arm, if it has one, reaches out to its right. */
    public static Thing any(SplittableRandom random) {
        Paint paint = metal(random);
        double height = 5 + 5 * random.nextDouble();
        double foot = 0.08 + 0.05 * random.nextDouble();
        double reach = random.nextDouble() < 0.7 ? 0.6 + 1.8 * random.nextDouble() : 0;
        double rise = 0.1 + 0.7 * random.nextDouble();
        boolean both = random.nextDouble() < 0.15;
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, 1.3, 0), 1.5 * foot, 1.4 * foot, paint);
            mesh.limb(pose.origin(), pose.at(0, height, 0), foot, 0.6 * foot, paint);
            if (reach == 0) {
                mesh.limb(pose.at(0, height, 0), pose.at(0, height + 0.5, 0), 0.14, 0.2, HEAD);
                mesh.lamp(pose.at(0, height + 0.25, 0), DOWN, Lamp.Kind.STREET);
                return;
            }
            arm(mesh, pose, height, reach, rise, paint);
            if (both) {
                arm(mesh, pose.turned(StrictMath.PI), height, reach, rise, paint);
            }
        };
    }

    /** A tall mast with an arm to either side. */
    public static Thing mast(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Paint paint = metal(random);
        double height = 9 + 3 * random.nextDouble();
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, height, 0), 0.14, 0.08, paint);
            arm(mesh, pose, height, 2, 0.3, paint);
            arm(mesh, pose.turned(StrictMath.PI), height, 2, 0.3, paint);
        };
    }

    private static void arm(
            Mesh mesh, Pose pose, double height, double reach, double rise, Paint paint) {
        mesh.limb(pose.at(0, height, 0), pose.at(reach, height + rise, 0), 0.05, 0.04, paint);
        mesh.box(pose.moved(reach + 0.25, height + rise - 0.08, 0), 0.75, 0.14, 0.3, HEAD);
        mesh.lamp(pose.at(reach + 0.25, height + rise - 0.1, 0), DOWN, Lamp.Kind.STREET);
    }

    /** A pole with nothing on it, or a camera. */
    public static Thing column(SplittableRandom random) {
        Paint paint = metal(random);
        double height = 2.5 + 7 * random.nextDouble();
        double radius = 0.04 + 0.08 * random.nextDouble();
        boolean camera = random.nextDouble() < 0.3;
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, height, 0), radius, 0.8 * radius, paint);
            if (camera) {
                mesh.box(pose.moved(0.2, height, 0), 0.5, 0.2, 0.2, paint);
            }
        };
    }

    /** One of a row that keeps cars off the pavement. */
    public static Thing bollard(SplittableRandom random) {
        double height = 0.8 + 0.3 * random.nextDouble();
        double radius = 0.06 + 0.06 * random.nextDouble();
        Paint paint = metal(random);
        Paint ring = StreetClass.POLE.paint(Rgb.of(210, 206, 190));
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, height, 0), radius, 0.9 * radius, paint);
            mesh.limb(
                    pose.at(0, 0.8 * height, 0),
                    pose.at(0, 0.86 * height, 0),
                    1.05 * radius,
                    1.05 * radius,
                    ring);
        };
    }

    /** Black and white bands and an orange ball: the beacon of a zebra crossing. */
    public static Thing beacon() {
        Paint bands =
                StreetClass.POLE.paint(
                        at ->
                                Rgb.mix(
                                        Rgb.of(30, 30, 32),
                                        Rgb.of(224, 224, 220),
                                        at.stripesV(0.6, 0.3)));
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, 2.7, 0), 0.05, 0.05, bands);
            mesh.ball(pose.at(0, 2.85, 0), 0.18, ORANGE);
        };
    }
}
