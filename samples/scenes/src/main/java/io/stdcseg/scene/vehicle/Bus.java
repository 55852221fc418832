// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.vehicle;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Bus, coach or lorry that looks ahead of its pose. It counts as a car. */
public record Bus(double length, double width, double height, Paint flank, Paint front, Paint back)
        implements Thing {

    private static final int GLASS = Rgb.of(30, 35, 40);
    private static final int MIRRORED = Rgb.of(140, 156, 166);
    private static final double FLOOR = 0.35;
    private static final double WHEEL = 0.48;
    private static final double[] TREAD = Mesh.circle(WHEEL);
    private static final Paint TYRE = StreetClass.CAR.paint(Rgb.of(22, 22, 23));
    private static final Paint RIM = StreetClass.CAR.paint(Rgb.of(120, 122, 124));

    public static Bus any(SplittableRandom random) {
        // Rows of windows: none for a lorry, two for a double decker.
        int rows = random.nextInt(3);
        int paint = Colors.any(0.6, 0.4, random);
        int stripe = Colors.any(0.6, 0.4, random);
        double width = 2.2 + 0.3 * random.nextDouble();
        double height = rows == 2 ? 4.2 : 2.6 + 0.8 * random.nextDouble();
        double length = rows == 0 ? 5 + 4 * random.nextDouble() : 8 + 4 * random.nextDouble();
        double deck = height / Math.max(1, rows);
        double shift = 100 * random.nextDouble();
        Material flank =
                at -> {
                    double over = at.v() - Math.floor(at.v() / deck) * deck;
                    boolean pane = rows > 0 && over > 0.42 * deck && over < 0.82 * deck;
                    double post = at.stripesU(1.4, 0.08);
                    int body = at.v() < 0.3 * deck ? stripe : advert(at, paint, shift);
                    return pane ? Rgb.mix(glass(at), body, post) : body;
                };
        return new Bus(
                length,
                width,
                height,
                StreetClass.CAR.paint(Material.glowing(flank, lights(rows, deck))),
                StreetClass.CAR.paint(end(width, rows == 0 ? height : deck, paint, true)),
                StreetClass.CAR.paint(
                        rows == 0
                                ? doors(paint)
                                : end(width, deck, random.nextBoolean() ? paint : stripe, false)));
    }

    /** What shines through the windows of one that carries people. */
    private static Material lights(int rows, double deck) {
        return at -> {
            double over = at.v() - Math.floor(at.v() / deck) * deck;
            boolean pane = rows > 0 && over > 0.42 * deck && over < 0.82 * deck;
            double seats = 0.75 + 0.5 * Noise.hills(at.u(), at.v(), 0.9, 0.1, at.pixel());
            return pane ? Rgb.lit(Rgb.of(206, 200, 178), seats * (1 - at.stripesU(1.4, 0.08))) : 0;
        };
    }

    private static int glass(Fragment at) {
        double sheen = 0.25 + 0.5 * Noise.hills(0.4 * at.u(), at.v(), 0.9, 0.05, at.pixel());
        return Rgb.mix(GLASS, MIRRORED, sheen);
    }

    /** Large, pale letters now and then. */
    private static int advert(Fragment at, int paint, double shift) {
        boolean word = Noise.cell(at.u() / 2.5 + shift, 7.5) > 0.6 && at.v() > 1.4 && at.v() < 2;
        boolean ink = word && Noise.cell(at.u() / 0.2 + shift, at.v() / 0.25) > 0.5;
        return Rgb.lit(ink ? Rgb.of(220, 216, 206) : paint, 0.92 + 0.06 * at.v());
    }

    /** Front or back: glass above, lamps and a plate below. */
    private static Material end(double width, double deck, int paint, boolean front) {
        int lamp = front ? Rgb.of(226, 228, 220) : Rgb.of(170, 26, 24);
        int plate = front ? Rgb.of(214, 214, 206) : Rgb.of(196, 164, 52);
        double half = width / 2;
        return at -> {
            double over = at.v() - Math.floor(at.v() / deck) * deck;
            double pane =
                    at.betweenU(-half + 0.15, half - 0.15)
                            * (over > 0.4 * deck && over < 0.85 * deck ? 1 : 0);
            int color = Rgb.mix(paint, glass(at), pane);
            double lamps =
                    at.betweenU(-half + 0.1, -half + 0.4) + at.betweenU(half - 0.4, half - 0.1);
            color = Rgb.mix(color, lamp, lamps * at.betweenV(0.35, 0.6));
            return Rgb.mix(color, plate, at.betweenU(-0.26, 0.26) * at.betweenV(0.15, 0.28));
        };
    }

    /** The back of a lorry. */
    private static Material doors(int paint) {
        return at -> {
            double seams = at.betweenU(-0.02, 0.02) + at.stripesV(1.1, 0.03);
            int color = Rgb.mix(paint, Rgb.of(40, 40, 42), 0.7 * seams);
            double lamps = at.betweenU(-1.05, -0.8) + at.betweenU(0.8, 1.05);
            return Rgb.mix(color, Rgb.of(170, 26, 24), lamps * at.betweenV(0.05, 0.25));
        };
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        double end = length / 2;
        double[] profile = {-end, FLOOR, -end, height, end - 0.2, height, end, FLOOR};
        mesh.prism(pose, profile, width / 2, 0.01, flank, back, flank, null, null);
        mesh.panel(pose.moved(0, FLOOR, -end - 0.01), width - 0.06, height - FLOOR, back);
        Pose nose = pose.turned(StrictMath.PI).moved(0, FLOOR, -end);
        mesh.panel(nose.tilted(-0.05), width - 0.06, height - FLOOR, front);
        for (double x : new double[] {-width / 2 + 0.16, width / 2 - 0.16}) {
            wheel(mesh, pose.moved(x, WHEEL, -0.28 * length));
            wheel(mesh, pose.moved(x, WHEEL, 0.3 * length));
        }
        for (double x : new double[] {0.25 - width / 2, width / 2 - 0.25}) {
            mesh.lamp(pose.at(x, 0.8, end), pose.tilted(-0.02).ahead(), Lamp.Kind.HEAD);
            mesh.lamp(pose.at(x, 0.85, -end), pose.ahead().times(-1), Lamp.Kind.TAIL);
        }
    }

    private static void wheel(Mesh mesh, Pose hub) {
        mesh.prism(hub, TREAD, 0.14, 0, TYRE, TYRE);
        for (double x : new double[] {-0.18, 0.18}) {
            mesh.disc(hub.at(x, 0, 0), hub.ahead(), hub.up(), WHEEL, TYRE);
            mesh.disc(hub.at(1.06 * x, 0, 0), hub.ahead(), hub.up(), 0.55 * WHEEL, RIM);
        }
    }
}
