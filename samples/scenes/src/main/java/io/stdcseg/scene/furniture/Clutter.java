// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.furniture;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Clutter on a pavement, which belongs to no class: its pixels carry the ignored id. */
public final class Clutter {

    private Clutter() {}

    public static Thing any(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> box(0.9, 2.5, 0.9, Rgb.of(150, 26, 30));
            case 1 -> round(0.25, 1.5, Rgb.of(160, 24, 28));
            case 2 -> shelter(random);
            case 3 -> box(0.5, 1 + 0.4 * random.nextDouble(), 0.6, Colors.any(0.6, 0.4, random));
            default -> round(0.3, 0.9 + 0.2 * random.nextDouble(), Colors.any(0.6, 0.4, random));
        };
    }

    private static Thing box(double width, double height, double depth, int color) {
        Paint paint =
                StreetClass.ignored(
                        at ->
                                Rgb.lit(
                                        color,
                                        1 - 0.5 * at.stripesV(0.6, 0.3) * at.stripesU(0.4, 0.3)));
        return (mesh, pose, seconds) -> mesh.box(pose, width, height, depth, paint);
    }

    private static Thing round(double radius, double height, int color) {
        Paint paint =
                StreetClass.ignored(at -> Rgb.lit(color, 1.1 - 0.7 * Math.abs(at.u()) / radius));
        return (mesh, pose, seconds) ->
                mesh.limb(pose.at(0, 0.2, 0), pose.at(0, height, 0), radius, radius, paint);
    }

    /** Panes on posts where people wait for a bus. */
    private static Thing shelter(SplittableRandom random) {
        int tint = Colors.any(0.6, 0.4, random);
        double opacity = 0.25 + 0.4 * random.nextDouble();
        Paint pane =
                StreetClass.ignored(
                        at -> {
                            double frame = Math.max(at.stripesU(1.3, 0.07), at.betweenV(2.1, 2.4));
                            return frame > 0.5 ? Rgb.of(70, 72, 74) : Rgb.veiled(tint, opacity);
                        },
                        Finish.VEIL);
        Paint roof = StreetClass.ignored(at -> Rgb.of(80, 82, 84));
        return (mesh, pose, seconds) -> {
            Pose back = pose.turned(StrictMath.PI / 2);
            mesh.panel(back.moved(0, 0, 0.6), 3.9, 2.3, pane);
            mesh.box(back.moved(0, 2.3, 0), 4.1, 0.12, 1.4, roof);
        };
    }

    /** Bicycles that lean against something. */
    public static Thing bicycles(SplittableRandom random) {
        int count = 1 + random.nextInt(5);
        int color = Rgb.lit(Colors.any(0.6, 0.4, random), 0.5);
        Paint frame = StreetClass.ignored(at -> color);
        return (mesh, pose, seconds) -> {
            for (int i = 0; i < count; i++) {
                bicycle(mesh, pose.moved(0, 0, 0.45 * i), frame);
            }
        };
    }

    private static void bicycle(Mesh mesh, Pose pose, Paint frame) {
        for (double x : new double[] {-0.52, 0.52}) {
            double[] rim = Mesh.circle(0.33);
            for (int i = 0; i < rim.length; i += 2) {
                int j = (i + 2) % rim.length;
                mesh.limb(
                        pose.at(x + rim[i], 0.33 + rim[i + 1], 0),
                        pose.at(x + rim[j], 0.33 + rim[j + 1], 0),
                        0.02,
                        0.02,
                        frame);
            }
        }
        mesh.limb(pose.at(-0.52, 0.33, 0), pose.at(-0.2, 0.9, 0), 0.02, 0.02, frame);
        mesh.limb(pose.at(-0.1, 0.3, 0), pose.at(0.35, 0.95, 0), 0.02, 0.02, frame);
        mesh.limb(pose.at(-0.2, 0.75, 0), pose.at(0.35, 0.85, 0), 0.02, 0.02, frame);
        mesh.limb(pose.at(0.35, 0.95, 0), pose.at(0.52, 0.33, 0), 0.02, 0.02, frame);
        mesh.limb(pose.at(-0.3, 0.92, 0), pose.at(-0.08, 0.92, 0), 0.04, 0.03, frame);
    }
}
