// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import java.util.SplittableRandom;

/**
 * Shop front, the ground floor of a shop: panes between posts, goods and posters behind them, and a
 * board with a name above.
 *
 * @param height of the ground floor, in metres
 * @param board colour of the board
 * @param ink colour of the name on it
 * @param post colour of posts and of the wall below the panes
 * @param pane width of a pane
 * @param sill height of the wall below the panes
 * @param lit how bright it is inside, 0 to 1
 * @param posters share of the panes that carry one
 * @param shift makes each shop its own
 */
record ShopFront(
        double width,
        double height,
        int board,
        int ink,
        int post,
        double pane,
        double sill,
        double lit,
        double posters,
        double shift)
        implements Material {

    private static final int DARK = Rgb.of(24, 24, 26);
    private static final int BRIGHT = Rgb.of(226, 206, 166);

    static ShopFront any(double width, double height, SplittableRandom random) {
        int board = color(random);
        boolean light = (board >> 8 & 255) > 120;
        return new ShopFront(
                width,
                height,
                board,
                light ? Rgb.lit(color(random), 0.5) : Rgb.of(232, 226, 206),
                random.nextBoolean() ? Rgb.lit(board, 0.8) : color(random),
                1 + 1.6 * random.nextDouble(),
                0.7 * random.nextDouble(),
                0.7 * random.nextDouble() * random.nextDouble(),
                0.6 * random.nextDouble() * random.nextDouble(),
                200 * random.nextDouble());
    }

    /** A paint that shops choose: often dark, now and then white or loud. */
    static int color(SplittableRandom random) {
        return Colors.any(0.6, 0.4, random);
    }

    @Override
    public int color(Fragment at) {
        double top = height - 0.75;
        double number = Math.floor((at.u() + width / 2) / pane);
        double left = number * pane - width / 2;
        double glazed =
                at.betweenU(left + 0.08, left + pane - 0.08) * at.betweenV(sill, top - 0.08);
        int color = glazed == 1 ? 0 : Rgb.lit(post, 0.85);
        if (glazed > 0) {
            color = Rgb.mix(color, inside(at, number, left), glazed);
        }
        double fascia = at.betweenV(top, height - 0.1);
        return fascia == 0 ? color : Rgb.mix(color, name(at, top), fascia);
    }

    private int inside(Fragment at, double number, double left) {
        double own = Noise.cell(number + shift, shift);
        double goods = 0.6 * Noise.hills(at.u() + shift, 1.6 * at.v(), 0.9, 0.06, at.pixel());
        goods += 0.7 * (Noise.cell(at.u() / 0.23 + shift, at.v() / 0.31) - 0.5);
        double lamps = lit * (0.5 + 0.5 * own) * Math.min(1, at.v() / 2.2);
        int color = Rgb.lit(Rgb.mix(DARK, BRIGHT, lamps + 0.1), 1 + 1.4 * goods);
        boolean poster =
                own < posters
                        && Math.abs(at.v() - 1.5) < 0.3 + 0.3 * own
                        && Math.abs(at.u() - left - 0.5 * pane) < 0.35 * pane;
        if (!poster) {
            return color;
        }
        double print = Noise.cell(at.u() / 0.12 + shift, at.v() / 0.09);
        int paper = Rgb.mix(Rgb.of(220, 216, 206), board, Noise.cell(shift, number));
        return print > 0.6 ? Rgb.lit(paper, 0.4) : paper;
    }

    private int name(Fragment at, double top) {
        double length = width * (0.15 + 0.25 * Noise.cell(shift, 3.5));
        double letters = at.betweenV(top + 0.14, height - 0.26) * at.betweenU(-length, length);
        if (letters == 0) {
            return board;
        }
        boolean word = Noise.cell(at.u() / 0.7 + shift, 5.5) > 0.15;
        boolean stroke = Noise.cell(at.u() / 0.09 + shift, at.v() / 0.13 + shift) > 0.45;
        return word && stroke ? Rgb.mix(board, ink, 0.85 * letters) : board;
    }

    /** Most shops leave the light on, and light their names. */
    @Override
    public int glow(Fragment at) {
        double lamps = 2 * Noise.cell(shift, 8.5) - 0.6;
        if (lamps <= 0) {
            return 0;
        }
        double top = height - 0.75;
        double number = Math.floor((at.u() + width / 2) / pane);
        double left = number * pane - width / 2;
        double glazed =
                at.betweenU(left + 0.08, left + pane - 0.08) * at.betweenV(sill, top - 0.08);
        double fascia = at.betweenV(top, height - 0.1);
        if (fascia > 0) {
            return Rgb.lit(name(at, top), 0.7 * lamps * fascia);
        }
        int inside = Rgb.mix(inside(at, number, left), BRIGHT, 0.45);
        return Rgb.lit(inside, lamps * glazed * (0.5 + 0.3 * at.v()));
    }
}
