// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.people;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import java.util.SplittableRandom;

/**
 * Figure of a person: the parts that people on foot and on bicycles share.
 *
 * @param coat paint of trunk and arms
 * @param legs paint of legs and shoes
 * @param size length of arms and legs, 1 for a grown-up's
 */
record Figure(Paint coat, Paint legs, Paint skin, Paint hair, double size) {

    private static final int[] COATS = {
        Rgb.of(24, 24, 28),
        Rgb.of(36, 40, 54),
        Rgb.of(60, 30, 32),
        Rgb.of(66, 68, 70),
        Rgb.of(40, 44, 36),
        Rgb.of(24, 24, 26),
        Rgb.of(94, 88, 76)
    };
    private static final int[] LEGS = {Rgb.of(28, 30, 38), Rgb.of(24, 24, 24), Rgb.of(54, 50, 46)};

    static Figure plain(StreetClass label, SplittableRandom random) {
        double tone = 0.6 + 0.4 * random.nextDouble();
        return new Figure(
                label.paint(cloth(COATS[random.nextInt(COATS.length)])),
                label.paint(cloth(LEGS[random.nextInt(LEGS.length)])),
                label.paint(Rgb.lit(Rgb.of(168, 128, 110), tone)),
                label.paint(Rgb.of(40, 32, 28)),
                1);
    }

    /** Somebody in any clothes: dark ones for the most part. */
    static Figure any(StreetClass label, SplittableRandom random) {
        double tone = 0.45 + 0.6 * random.nextDouble();
        double hair = 20 + 120 * random.nextDouble() * random.nextDouble();
        return new Figure(
                label.paint(cloth(Colors.any(0.32, 0.25, random))),
                label.paint(cloth(Colors.any(0.25, 0.1, random))),
                label.paint(Rgb.lit(Rgb.of(186, 140, 118), tone)),
                label.paint(
                        random.nextDouble() < 0.8
                                ? Rgb.of(hair, 0.8 * hair, 0.65 * hair)
                                : Colors.any(0.5, 0.4, random)),
                1);
    }

    /** The same, but smaller or taller. */
    Figure sized(double factor) {
        return new Figure(coat, legs, skin, hair, factor * size);
    }

    /** Somebody who wants to be seen. */
    static Figure bright(StreetClass label, SplittableRandom random) {
        Figure plain = any(label, random);
        int vest = random.nextDouble() < 0.7 ? Rgb.of(196, 220, 40) : Rgb.of(236, 110, 30);
        return new Figure(label.paint(cloth(vest)), plain.legs, plain.skin, plain.hair, 1);
    }

    /** Cloth around a limb: darker where it turns away, and creased. */
    private static Material cloth(int color) {
        return at -> {
            double crease = Noise.hills(4 * at.u(), at.v(), 0.12, 0.03, at.pixel());
            return Rgb.lit(color, 1.15 - 3.5 * Math.abs(at.u()) + 0.3 * crease);
        };
    }

    /** A leg from the hip to the foot, bent at a knee that points ahead. */
    void leg(Mesh mesh, Pose pose, Vec hip, Vec foot) {
        joint(mesh, hip, foot, pose.ahead(), 0.88 * size, 0.095, 0.06, legs);
        mesh.limb(foot, foot.plus(pose.ahead().times(0.14)), 0.055, 0.045, legs);
    }

    /** An arm from the shoulder to the hand, bent at an elbow that points down and out. */
    void arm(Mesh mesh, Vec shoulder, Vec hand) {
        joint(mesh, shoulder, hand, new Vec(0, -1, 0), 0.6 * size, 0.065, 0.045, coat);
        mesh.ball(hand, 0.05, skin);
    }

    void trunk(Mesh mesh, Pose pose, Vec hips, Vec neck) {
        Vec side = pose.right().times(0.11);
        mesh.limb(hips.plus(side), neck.plus(side), 0.11, 0.1, coat);
        mesh.limb(hips.minus(side), neck.minus(side), 0.11, 0.1, coat);
        mesh.limb(hips, neck, 0.14, 0.12, coat);
    }

    /** The part of a coat or skirt that hangs below the hips. */
    void hem(Mesh mesh, Vec hips, double length) {
        Vec end = hips.plus(new Vec(0, -length, 0));
        mesh.limb(hips, end, 0.17, 0.2, coat);
    }

    void head(Mesh mesh, Pose pose, Vec neck) {
        Vec centre = neck.plus(new Vec(0, 0.24, 0));
        mesh.limb(neck, centre, 0.06, 0.09, skin);
        mesh.ball(centre, 0.115, skin);
        Vec crown = centre.plus(new Vec(0, 0.03, 0)).minus(pose.ahead().times(0.06));
        mesh.ball(crown, 0.118, hair);
    }

    private static void joint(
            Mesh mesh,
            Vec from,
            Vec to,
            Vec bend,
            double length,
            double thick,
            double thin,
            Paint paint) {
        double reach = Math.min(length, to.minus(from).length());
        double out = Math.sqrt(length * length - reach * reach) / 2;
        Vec middle = from.towards(to, 0.5).plus(bend.times(out));
        mesh.limb(from, middle, thick, 0.8 * thick, paint);
        mesh.limb(middle, to, 0.8 * thick, thin, paint);
    }
}
