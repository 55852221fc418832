// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.vehicle;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Lamp;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** A car that looks ahead of its pose, over the middle of its wheels. */
public final class Car implements Thing {

    private static final int[] PAINTS = {
        Rgb.of(34, 38, 46), Rgb.of(84, 88, 94), Rgb.of(122, 126, 132), Rgb.of(96, 26, 28),
        Rgb.of(30, 40, 72), Rgb.of(168, 170, 172), Rgb.of(34, 52, 46), Rgb.of(24, 25, 28)
    };
    private static final int GLASS = Rgb.of(30, 35, 40);
    private static final int TYRE = Rgb.of(22, 22, 23);
    private static final double WHEEL = 0.31;
    private static final double[] TREAD = Mesh.circle(WHEEL);

    private final CarShape shape;
    private final Paint side;
    private final Paint tail;
    private final Paint nose;
    private final Paint bumper;
    private final Paint body;
    private final Paint flank;
    private final Paint screen;
    private final Paint roof;

    public static Car plain(SplittableRandom random) {
        CarShape shape = CarShape.PLAIN.get(random.nextInt(CarShape.PLAIN.size()));
        return new Car(shape, PAINTS[random.nextInt(PAINTS.length)], random.nextDouble());
    }

    public static Car any(SplittableRandom random) {
        CarShape shape = CarShape.any(random);
        double trim = random.nextDouble() < 0.6 ? 0.15 : random.nextDouble();
        // Silver, black and blue sell best; vans are white.
        int color = shape.panels ? Colors.any(0.3, 0.9, random) : Colors.any(0.4, 0.5, random);
        return new Car(shape, color, trim);
    }

    /**
     * @param trim how far bumpers are black instead of painted, 0 to 1
     */
    private Car(CarShape shape, int color, double trim) {
        this.shape = shape;
        side = StreetClass.CAR.paint(side(color, shape.axle));
        tail = StreetClass.CAR.paint(Material.glowing(tail(color), Car::tailGlow));
        nose = StreetClass.CAR.paint(Material.glowing(nose(color), Car::noseGlow));
        bumper = StreetClass.CAR.paint(Rgb.mix(color, TYRE, trim));
        body = StreetClass.CAR.paint(polished(color));
        flank = StreetClass.CAR.paint(windows(color, shape));
        screen = StreetClass.CAR.paint(screen(color));
        roof = StreetClass.CAR.paint(polished(Rgb.lit(color, 1.1)));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        shadow(mesh, pose);
        double half = shape.width / 2;
        Paint[] rim = shape.edges(bumper, tail, body, body, body, nose, bumper, null);
        mesh.prism(pose, shape.body, half + 0.05, 0.07, side, rim);
        Paint rear = shape.panels ? body : screen;
        Paint[] top = shape.edges(rear, roof, roof, roof, screen, null);
        double lean = 0.24;
        mesh.prism(pose, shape.cabin, half + lean * shape.waist - 0.03, lean, flank, top);
        for (double x : new double[] {-half + 0.1, half - 0.1}) {
            wheel(mesh, pose.moved(x, WHEEL, -shape.axle));
            wheel(mesh, pose.moved(x, WHEEL, shape.axle));
        }
        lamps(mesh, pose);
    }

    private void lamps(Mesh mesh, Pose pose) {
        double end = shape.length / 2;
        Vec dipped = pose.tilted(-0.02).ahead();
        for (double x : new double[] {-0.65, 0.65}) {
            mesh.lamp(pose.at(x, 0.65, end), dipped, Lamp.Kind.HEAD);
            mesh.lamp(pose.at(x, 0.72, -end), pose.ahead().times(-1), Lamp.Kind.TAIL);
        }
    }

    private void wheel(Mesh mesh, Pose hub) {
        Paint tyre = StreetClass.CAR.paint(TYRE);
        mesh.prism(hub, TREAD, 0.11, 0, tyre, tyre);
        Paint rim = StreetClass.CAR.paint(Rgb.of(104, 106, 108));
        for (double x : new double[] {-0.17, 0.17}) {
            mesh.disc(hub.at(x, 0, 0), hub.ahead(), hub.up(), WHEEL, tyre);
            mesh.disc(hub.at(x * 1.06, 0, 0), hub.ahead(), hub.up(), 0.6 * WHEEL, rim);
        }
    }

    private void shadow(Mesh mesh, Pose pose) {
        double w = shape.width / 2 + 0.25;
        double l = shape.length / 2 + 0.25;
        Material dark =
                at -> {
                    double u = Math.max(0, (Math.abs(at.u()) - w + 0.5) / 0.5);
                    double v = Math.max(0, (Math.abs(at.v()) - l + 0.5) / 0.5);
                    return Rgb.veiled(
                            Rgb.of(14, 14, 16), 0.85 * Math.max(0, 1 - Math.sqrt(u * u + v * v)));
                };
        Paint paint = StreetClass.ROAD.paint(dark, Finish.SHADE);
        mesh.outline(
                pose.at(0, 0.02, 0), pose.right(), pose.ahead(), paint, -w, -l, w, -l, w, l, -w, l);
    }

    /** Paint that mirrors the sky above and the road below. */
    private static Material polished(int color) {
        return at -> Rgb.mix(color, Rgb.of(206, 216, 222), 0.22);
    }

    private static Material side(int color, double axle) {
        return at -> {
            double sky = Math.max(0, at.v() - 0.62) * 0.9;
            int paint = Rgb.mix(color, Rgb.of(200, 210, 216), sky);
            double sill = at.betweenV(0, 0.36);
            double doors = at.betweenU(-0.62, -0.6) + at.betweenU(0.5, 0.52);
            double along = Math.abs(at.u()) - axle;
            double up = at.v() - WHEEL;
            double arch = along * along + up * up < 0.15 ? 1 : 0;
            return Rgb.mix(paint, TYRE, Math.min(1, Math.max(arch, 0.75 * sill + 0.7 * doors)));
        };
    }

    /** Red lamps and a yellow plate; u across, from the middle. */
    private static Material tail(int color) {
        return at -> {
            double lamps = at.betweenU(-0.85, -0.6) + at.betweenU(0.6, 0.85);
            double plate = at.betweenU(-0.26, 0.26) * at.betweenV(0.06, 0.18);
            int paint = Rgb.mix(color, Rgb.of(150, 24, 22), lamps * at.betweenV(0.08, 0.28));
            return Rgb.mix(paint, Rgb.of(186, 158, 54), plate);
        };
    }

    /** Headlights and a grille between them; u across, from the middle. */
    private static Material nose(int color) {
        return at -> {
            double lamps = at.betweenU(-0.8, -0.5) + at.betweenU(0.5, 0.8);
            double height = at.betweenV(0.05, 0.19);
            int paint = Rgb.mix(color, Rgb.of(206, 210, 208), lamps * height);
            return Rgb.mix(paint, TYRE, 0.85 * at.betweenU(-0.42, 0.42) * height);
        };
    }

    private static int tailGlow(Fragment at) {
        double lamps = at.betweenU(-0.85, -0.6) + at.betweenU(0.6, 0.85);
        return Rgb.lit(Rgb.of(220, 30, 26), lamps * at.betweenV(0.08, 0.28));
    }

    private static int noseGlow(Fragment at) {
        double lamps = at.betweenU(-0.8, -0.5) + at.betweenU(0.5, 0.8);
        return Rgb.lit(Rgb.of(250, 248, 236), lamps * at.betweenV(0.05, 0.19));
    }

    private static Material windows(int color, CarShape shape) {
        boolean panels = shape.panels;
        double roof = shape.cabin[3] - 0.02;
        return at -> {
            double posts = at.betweenU(-0.75, -0.67) + at.betweenU(0.22, 0.29);
            int glass = Rgb.mix(GLASS, Rgb.of(128, 138, 146), 0.1 + 0.4 * (at.v() - shape.waist));
            boolean metal =
                    at.v() > roof || at.v() < shape.waist + 0.06 || (panels && at.u() < 0.2);
            return metal ? color : Rgb.mix(glass, color, posts);
        };
    }

    private static Material screen(int color) {
        return at -> {
            double inside = at.betweenU(-0.62, 0.62) * at.betweenV(0.06, 3);
            int glass = Rgb.mix(GLASS, Rgb.of(150, 162, 170), 0.15 + 0.25 * Math.abs(at.u()));
            return Rgb.mix(color, glass, inside);
        };
    }
}
