// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.furniture;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Gear of large roads: crash barriers, gantries with signs, bridges. */
public final class RoadGear {

    /** Metres of road along which a crash barrier runs. */
    public static final double RAIL = 12;

    private RoadGear() {}

    /** A steel beam on posts along the pose's direction, around its origin. */
    public static Thing crashBarrier(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double bright = 110 + 80 * random.nextDouble();
        boolean two = random.nextDouble() < 0.3;
        Paint steel =
                StreetClass.FENCE.paint(
                        at -> {
                            double fold = 1 - 0.45 * at.betweenV(0.11, 0.2);
                            double dirt = Noise.hills(at.u(), at.v(), 2, 0.1, at.pixel());
                            double tone = bright * (fold + 0.15 * dirt);
                            return Rgb.of(tone, tone, tone + 3);
                        });
        Paint post = StreetClass.FENCE.paint(Rgb.of(0.7 * bright, 0.7 * bright, 0.7 * bright));
        return (mesh, pose, seconds) -> {
            mesh.box(pose.moved(0, 0.45, 0), 0.1, 0.31, RAIL + 0.1, steel);
            if (two) {
                mesh.box(pose.moved(0, 0.95, 0), 0.08, 0.12, RAIL + 0.1, steel);
            }
            if (mesh.distance(pose.origin()) < 60) {
                for (double z = -RAIL / 2; z < RAIL / 2; z += 3) {
                    Pose foot = pose.moved(0, 0, z);
                    mesh.limb(foot.origin(), foot.at(0, two ? 1 : 0.7, 0), 0.05, 0.05, post);
                }
            }
        };
    }

    /** A beam across the road with boards over its lanes. */
    public static Thing gantry(double half, SplittableRandom random) {
        Paint metal = Lamps.metal(random);
        double foot = 5.4 + 0.8 * random.nextDouble();
        boolean ours = random.nextBoolean();
        int boards = 1 + random.nextInt(3);
        double width = 3 + 1.5 * random.nextDouble();
        double height = 1.6 + 1.6 * random.nextDouble();
        Paint face = Signs.board(random);
        Paint back = StreetClass.SIGN.paint(Rgb.of(96, 98, 98));
        return (mesh, pose, seconds) -> {
            double end = ours ? 0.6 : half;
            for (double x : new double[] {-half, end}) {
                mesh.limb(pose.at(x, 0, 0), pose.at(x, foot + 1.4, 0), 0.22, 0.2, metal);
            }
            Pose beam = pose.moved((end - half) / 2, foot + 0.9, 0);
            mesh.box(beam, half + end, 0.3, 0.3, metal);
            mesh.box(beam.moved(0, 0.6, 0), half + end, 0.2, 0.2, metal);
            for (int i = 0; i < boards; i++) {
                Pose board = pose.moved(-half + (i + 0.8) * (half - 1) / boards, foot, -0.3);
                mesh.panel(board, Math.min(width, 0.9 * half / boards), height, face);
                mesh.panel(board.moved(0, 0, 0.1), 0.9 * half / boards, height, back);
            }
        };
    }

    /** A large board on two posts beside the road. */
    public static Thing board(SplittableRandom random) {
        Paint metal = Lamps.metal(random);
        Paint face = Signs.board(random);
        double width = 2.5 + 2 * random.nextDouble();
        double height = 1.8 + 2 * random.nextDouble();
        return (mesh, pose, seconds) -> {
            for (double x : new double[] {-0.35 * width, 0.35 * width}) {
                mesh.limb(pose.at(x, 0, 0), pose.at(x, 1.5 + height, 0), 0.09, 0.09, metal);
            }
            mesh.panel(pose.moved(0, 1.4, -0.12), width, height, face);
        };
    }

    /** A board that hangs from a ceiling at a height. */
    public static Thing hung(double height, double width, SplittableRandom random) {
        Paint face = Signs.board(random);
        return (mesh, pose, seconds) ->
                mesh.panel(pose.moved(-0.4 * width, height - 1.1, 0), width, 1, face);
    }

    /** Another road over this one. */
    public static Thing bridge(double half, SplittableRandom random) {
        double bright = 110 + 90 * random.nextDouble();
        Paint concrete =
                StreetClass.BUILDING.paint(
                        at -> {
                            double stains = Noise.hills(at.u(), at.v(), 4, 0.1, at.pixel());
                            double tone = bright * (1 + 0.25 * stains);
                            return Rgb.of(tone, tone, tone - 6);
                        });
        double foot = 5.5 + random.nextDouble();
        double deck = 1 + 0.8 * random.nextDouble();
        double depth = 8 + 8 * random.nextDouble();
        return (mesh, pose, seconds) -> {
            mesh.box(pose.moved(0, foot, depth / 2), 2 * half + 60, deck, depth, concrete);
            under(mesh, pose.moved(0, foot, 0), half + 30, depth, concrete);
            mesh.box(pose.moved(0, 0, depth / 2), 0.8, foot, depth - 1, concrete);
            for (double x : new double[] {-half - 15, half + 15}) {
                mesh.box(pose.moved(x, 0, depth / 2), 30, foot, depth, concrete);
            }
        };
    }

    private static void under(Mesh mesh, Pose pose, double half, double depth, Paint paint) {
        mesh.outline(
                pose.origin(),
                pose.ahead(),
                pose.right(),
                paint,
                0,
                -half,
                depth,
                -half,
                depth,
                half,
                0,
                half);
    }
}
