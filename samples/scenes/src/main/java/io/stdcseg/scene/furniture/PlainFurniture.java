// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.furniture;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.List;

/** Street furniture of the sample clip: lamps, signs, traffic lights, bollards. */
public final class PlainFurniture {

    private static final Paint STEEL = StreetClass.POLE.paint(Rgb.of(104, 108, 110));
    private static final Paint BLACK = StreetClass.POLE.paint(Rgb.of(38, 38, 40));
    private static final Paint BACK = StreetClass.SIGN.paint(Rgb.of(92, 92, 92));
    private static final int WHITE = Rgb.of(214, 214, 210);
    private static final int RED = Rgb.of(176, 34, 38);

    private PlainFurniture() {}

    /** A lamp whose arm reaches out to its right. */
    public static Thing lamp(double height) {
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, 1.2, 0), 0.12, 0.11, STEEL);
            mesh.limb(pose.at(0, 1.2, 0), pose.at(0, height, 0), 0.075, 0.05, STEEL);
            mesh.limb(pose.at(0, height, 0), pose.at(1.1, height + 0.25, 0), 0.05, 0.045, STEEL);
            mesh.box(pose.moved(1.3, height + 0.18, 0), 0.7, 0.14, 0.28, STEEL);
            mesh.lamp(pose.at(1.3, height + 0.15, 0), Vec.UP.times(-1), Lamp.Kind.STREET);
        };
    }

    public static Thing bollard() {
        return (mesh, pose, seconds) ->
                mesh.limb(pose.origin(), pose.at(0, 1, 0), 0.08, 0.07, BLACK);
    }

    /** A round limit, a triangle of warning, or a blue board, by number. */
    public static Thing sign(int kind) {
        double height = 2.3 + 0.2 * (kind % 3);
        Paint face = StreetClass.SIGN.paint(faces().get(kind % faces().size()));
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, height + 0.7, 0), 0.045, 0.045, STEEL);
            Pose board = pose.moved(0, height + 0.35, -0.06);
            Pose behind = pose.moved(0, height + 0.35, -0.03);
            if (kind % 3 == 1) {
                double[] triangle = {-0.42, -0.34, 0.42, -0.34, 0, 0.4};
                mesh.outline(board.origin(), board.right(), board.up(), face, triangle);
                mesh.outline(behind.origin(), board.right(), board.up(), BACK, triangle);
            } else if (kind % 3 == 0) {
                mesh.disc(board.origin(), board.right(), board.up(), 0.38, face);
                mesh.disc(behind.origin(), board.right(), board.up(), 0.38, BACK);
            } else {
                mesh.panel(board.moved(0, -0.4, 0), 0.75, 0.9, face);
                mesh.panel(behind.moved(0, -0.4, 0), 0.75, 0.9, BACK);
            }
        };
    }

    /** A board that hangs out from a shop over the pavement to its right. */
    public static Thing shopSign(int color) {
        Paint paint = StreetClass.SIGN.paint(at -> letters(at, color));
        return (mesh, pose, seconds) -> mesh.box(pose.moved(0.5, 3, 0), 0.9, 0.85, 0.12, paint);
    }

    public static Thing trafficLight(double phase) {
        Paint box = StreetClass.SIGN.paint(Rgb.of(26, 27, 28));
        return (mesh, pose, seconds) -> {
            mesh.limb(pose.origin(), pose.at(0, 3.2, 0), 0.07, 0.06, STEEL);
            Pose head = pose.moved(0, 2.35, -0.2);
            mesh.box(head, 0.4, 1.05, 0.24, box);
            boolean go = (seconds / 20 + phase) % 1 < 0.6;
            int[] lamps = {
                go ? Rgb.of(60, 236, 150) : Rgb.of(30, 50, 40),
                Rgb.of(60, 50, 30),
                go ? Rgb.of(60, 26, 26) : Rgb.of(250, 60, 50)
            };
            for (int i = 0; i < lamps.length; i++) {
                Paint lamp = StreetClass.SIGN.paint(lamps[i]);
                mesh.disc(head.at(0, 0.2 + 0.32 * i, -0.13), head.right(), head.up(), 0.11, lamp);
            }
        };
    }

    private static List<Material> faces() {
        return List.of(
                at -> {
                    double r = Math.sqrt(at.u() * at.u() + at.v() * at.v());
                    boolean figure =
                            Math.abs(at.v()) < 0.13 && Math.abs(Math.abs(at.u()) - 0.11) < 0.07;
                    return r > 0.3 ? RED : figure ? Rgb.of(30, 30, 30) : WHITE;
                },
                at -> {
                    boolean inside = at.v() > -0.27 && at.v() < 0.24 - 1.6 * Math.abs(at.u());
                    return !inside ? RED : Math.abs(at.u()) < 0.05 ? Rgb.of(30, 30, 30) : WHITE;
                },
                at -> letters(at, Rgb.of(32, 70, 146)));
    }

    private static int letters(Fragment at, int ground) {
        double row = (at.v() + 10) % 0.3;
        boolean ink =
                row > 0.1 && row < 0.2 && Math.abs(at.u()) < 0.28 && (at.u() + 10) % 0.13 < 0.09;
        return ink ? WHITE : ground;
    }
}
