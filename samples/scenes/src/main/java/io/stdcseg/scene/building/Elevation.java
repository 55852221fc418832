// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Elevation, that is the front, of any building: a ground floor, and storeys of windows above; u
 * and v from its lower middle.
 *
 * @param base what the ground floor shows
 * @param ground its height, in metres
 * @param storey height of the storeys above
 * @param bay width of one window with the wall beside it
 * @param window width of a window; the bay's for windows in a row without wall between
 * @param tall height of a window
 * @param panes of a window, across
 * @param frame colour of frames and sills
 * @param lintel how light the stone above a window is, 0 for none
 * @param course how light the band below each storey is, 0 for none
 * @param mirror how much of the sky the panes mirror, 0 to 1
 * @param shift makes each front its own
 */
record Elevation(
        Material wall,
        Material base,
        double width,
        double ground,
        double storey,
        double bay,
        double window,
        double tall,
        int panes,
        int frame,
        double lintel,
        double course,
        double mirror,
        int shift)
        implements Material {

    private static final int STONE = Rgb.of(206, 200, 186);
    private static final int PANE = Rgb.of(30, 34, 38);
    private static final int SKY = Rgb.of(164, 184, 200);
    private static final int CURTAIN = Rgb.of(196, 190, 178);

    /** Single windows in a wall. */
    static Elevation house(
            Material wall, Material base, double width, double ground, SplittableRandom random) {
        double storey = 2.6 + 0.9 * random.nextDouble();
        double bay = bay(width, 1.8 + 1.8 * random.nextDouble());
        return new Elevation(
                wall,
                base,
                width,
                ground,
                storey,
                bay,
                bay * (0.3 + 0.3 * random.nextDouble()),
                storey * (0.45 + 0.25 * random.nextDouble()),
                1 + random.nextInt(4),
                frame(random),
                random.nextBoolean() ? 0.3 + 0.6 * random.nextDouble() : 0,
                random.nextDouble() < 0.3 ? 0.3 + 0.6 * random.nextDouble() : 0,
                0.7 * random.nextDouble(),
                random.nextInt(200));
    }

    /** Windows in rows, or nothing but glass. */
    static Elevation office(
            Material wall, Material base, double width, double ground, SplittableRandom random) {
        double storey = 3 + random.nextDouble();
        double bay = bay(width, 1.2 + 2.4 * random.nextDouble());
        return new Elevation(
                wall,
                base,
                width,
                ground,
                storey,
                bay,
                random.nextBoolean() ? bay : 0.85 * bay,
                storey * (0.4 + 0.55 * random.nextDouble()),
                1 + random.nextInt(2),
                frame(random),
                0,
                random.nextDouble() < 0.3 ? 0.5 : 0,
                random.nextDouble(),
                random.nextInt(200));
    }

    private static double bay(double width, double wanted) {
        return width / Math.max(1, Math.round(width / wanted));
    }

    private static int frame(SplittableRandom random) {
        double bright = random.nextDouble() < 0.7 ? 220 : 50 + 60 * random.nextDouble();
        return Rgb.of(bright, bright, bright - 6);
    }

    @Override
    public int color(Fragment at) {
        if (at.v() < ground) {
            return base.color(at);
        }
        int floor = (int) Math.floor((at.v() - ground) / storey);
        int column = (int) Math.floor((at.u() + width / 2) / bay);
        double middle = (column + 0.5) * bay - width / 2;
        double low = ground + floor * storey + 0.5 * (storey - tall);
        double share = at.betweenU(middle - window / 2, middle + window / 2);
        share *= at.betweenV(low, low + tall);
        int color = share == 1 ? 0 : wall(at, middle, low);
        if (share == 0) {
            return color;
        }
        int filled = window(at, middle, low, floor, column);
        return share == 1 ? filled : Rgb.mix(color, filled, share);
    }

    /** A lamp burns behind some windows. */
    @Override
    public int glow(Fragment at) {
        if (at.v() < ground) {
            return base.glow(at);
        }
        int floor = (int) Math.floor((at.v() - ground) / storey);
        int column = (int) Math.floor((at.u() + width / 2) / bay);
        double own = Noise.cell(column + shift + 50, floor + 3);
        // Some houses sleep.
        if (own > 0.1 + 0.5 * Noise.cell(shift, 11)) {
            return 0;
        }
        double middle = (column + 0.5) * bay - width / 2;
        double low = ground + floor * storey + 0.5 * (storey - tall);
        double share = at.betweenU(middle - 0.42 * window, middle + 0.42 * window);
        share *= at.betweenV(low + 0.08, low + tall - 0.08);
        int warm = Rgb.mix(Rgb.of(240, 190, 110), Rgb.of(216, 218, 206), 5 * own);
        double room = 0.7 + 0.5 * Noise.hills(at.u(), at.v() + 9 * own, 1.2, 0.2, at.pixel());
        return Rgb.lit(warm, share * room);
    }

    private int wall(Fragment at, double middle, double low) {
        double pipe = at.betweenU(width / 2 - 0.3, width / 2 - 0.18);
        int color = Rgb.mix(wall.color(at), Rgb.lit(frame, 0.5), pipe);
        double over = at.betweenU(middle - 0.6 * window, middle + 0.6 * window);
        color = Rgb.mix(color, STONE, lintel * over * at.betweenV(low + tall, low + tall + 0.22));
        color = Rgb.mix(color, frame, 0.6 * over * at.betweenV(low - 0.12, low));
        double above = at.v() - ground;
        double band = floorHeight(above) > 0.22 ? 0 : course;
        return Rgb.mix(color, STONE, band);
    }

    private double floorHeight(double above) {
        return above - Math.floor(above / storey) * storey;
    }

    private int window(Fragment at, double middle, double low, int floor, int column) {
        double own = Noise.cell(column + shift, floor + 7);
        double edge = 0.06;
        double inside =
                at.betweenU(middle - window / 2 + edge, middle + window / 2 - edge)
                        * at.betweenV(low + edge, low + tall - edge);
        double pitch = window / panes;
        double fromLeft = at.u() - middle + window / 2;
        double bar = Math.abs(fromLeft - Math.round(fromLeft / pitch) * pitch);
        boolean onBar = panes > 1 && bar < 0.03 && at.pixel() < 0.15;
        double across = low + 0.55 * tall;
        inside *= onBar ? 0.2 : 1 - 0.8 * at.betweenV(across - 0.03, across + 0.03);
        double sheen = mirror * (0.4 + 0.6 * own);
        sheen += 0.3 * Noise.hills(at.u() + 9 * own, at.v(), 2.5, 0.4, at.pixel());
        int glass = Rgb.mix(PANE, SKY, sheen);
        boolean curtain = own > 0.7 && Math.abs(at.u() - middle) > 0.28 * window;
        glass = curtain ? Rgb.mix(glass, CURTAIN, 0.5) : glass;
        double reveal = at.betweenV(low + tall - 0.2, low + tall);
        return Rgb.lit(Rgb.mix(frame, glass, inside), 1 - 0.45 * reveal);
    }
}
