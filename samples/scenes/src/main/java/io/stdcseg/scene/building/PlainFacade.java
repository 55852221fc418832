// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/**
 * Facade of the sample clip's houses: storeys of windows, a shop or a door at the bottom; u and v
 * from its lower middle.
 *
 * @param bay width of one window with the wall around it, in metres
 * @param window width of a window
 * @param shop whether the lowest storey is a shop front
 * @param trim colour of window frames
 * @param board colour of the shop's board
 * @param shift makes each front its own
 */
record PlainFacade(
        Material wall,
        double width,
        double bay,
        double window,
        boolean shop,
        int trim,
        int board,
        int shift)
        implements Material {

    static final double STOREY = 3.1;

    private static final int[] BOARDS = {
        Rgb.of(40, 60, 52),
        Rgb.of(46, 50, 84),
        Rgb.of(120, 36, 36),
        Rgb.of(60, 58, 56),
        Rgb.of(150, 140, 116)
    };
    private static final int PANE = Rgb.of(38, 43, 48);
    private static final int REFLECTION = Rgb.of(142, 160, 172);

    static PlainFacade any(Material wall, double width, double height, SplittableRandom random) {
        int bays = Math.max(1, (int) (width / (2.1 + 1.2 * random.nextDouble())));
        double bay = width / bays;
        return new PlainFacade(
                wall,
                width,
                bay,
                Math.min(1.5, bay * (0.36 + 0.16 * random.nextDouble())),
                random.nextDouble() < 0.5,
                random.nextDouble() < 0.75 ? Rgb.of(186, 186, 180) : Rgb.of(52, 50, 48),
                BOARDS[random.nextInt(BOARDS.length)],
                random.nextInt(200));
    }

    /** A hole in the wall with a frame around and bars across. */
    private record Opening(double middle, double half, double low, double high) {

        private static final double FRAME = 0.07;

        /** How much of the pixel lies in it. */
        double share(Fragment at) {
            return at.betweenU(middle - half, middle + half) * at.betweenV(low, high);
        }

        /** Its colour where {@code inside} is seen between the parts of the frame. */
        int color(Fragment at, int frame, int inside) {
            double bar = (low + high) / 2;
            double pane =
                    at.betweenU(middle - half + FRAME, middle + half - FRAME)
                            * at.betweenV(low + FRAME, high - FRAME)
                            * (1 - 0.9 * at.betweenU(middle - 0.025, middle + 0.025))
                            * (1 - 0.9 * at.betweenV(bar - 0.03, bar + 0.03));
            double shadow = at.betweenV(high - 0.25, high);
            return Rgb.lit(Rgb.mix(frame, inside, pane), 1 - 0.4 * shadow);
        }
    }

    @Override
    public int color(Fragment at) {
        int storey = (int) Math.floor(at.v() / STOREY);
        int column = (int) Math.floor((at.u() + width / 2) / bay);
        double middle = (column + 0.5) * bay - width / 2;
        if (storey == 0 && shop) {
            return shopFront(at, middle);
        }
        boolean door = storey == 0 && column == shift % 3;
        double low = storey * STOREY + 0.95;
        Opening hole =
                door
                        ? new Opening(middle, 0.5, 0.1, 2.2)
                        : new Opening(middle, window / 2, low, low + 1.6);
        double share = hole.share(at);
        int color = share == 1 ? 0 : wall(at, door ? null : hole);
        if (share > 0) {
            int filled =
                    door
                            ? hole.color(at, board, board)
                            : hole.color(at, trim, glass(at, storey, column));
            color = share == 1 ? filled : Rgb.mix(color, filled, share);
        }
        double dirt = Math.max(0, 0.14 - 0.05 * at.v());
        return Rgb.lit(color, 1 - dirt);
    }

    @Override
    public int glow(Fragment at) {
        int storey = (int) Math.floor(at.v() / STOREY);
        int column = (int) Math.floor((at.u() + width / 2) / bay);
        double own = Noise.cell(column + shift + 50, storey + 3);
        if (own > 0.4) {
            return 0;
        }
        double middle = (column + 0.5) * bay - width / 2;
        boolean front = storey == 0 && shop;
        double low = front ? 0.45 : storey * STOREY + 0.95;
        Opening pane =
                new Opening(
                        middle, front ? 0.46 * bay : window / 2, low, low + (front ? 1.9 : 1.6));
        int warm = Rgb.mix(Rgb.of(240, 190, 110), Rgb.of(216, 218, 206), 2.5 * own);
        return Rgb.lit(pane.color(at, 0, warm), 0.9 * pane.share(at));
    }

    /** The wall, with the sill below a window. */
    private int wall(Fragment at, Opening above) {
        int color = wall.color(at);
        if (above == null) {
            return color;
        }
        double sill =
                at.betweenU(above.middle - 0.6 * window, above.middle + 0.6 * window)
                        * at.betweenV(above.low - 0.12, above.low);
        return Rgb.mix(color, trim, 0.7 * sill);
    }

    private int glass(Fragment at, int storey, int column) {
        double own = Noise.cell(column + shift, storey + 7);
        double sheen = 0.5 + Noise.hills(at.u() + 3 * own, at.v(), 1.5, 0.3, at.pixel());
        return Rgb.mix(PANE, REFLECTION, own * own * sheen);
    }

    private int shopFront(Fragment at, double middle) {
        Opening pane = new Opening(middle, 0.46 * bay, 0.45, 2.35);
        int post = Rgb.lit(board, 0.8);
        int goods = Rgb.of(70, 62, 54);
        double shelf = Noise.hills(at.u() + shift, 2 * at.v(), 0.8, 0.08, at.pixel());
        int inside = Rgb.mix(PANE, goods, 0.3 + shelf);
        int color = Rgb.mix(post, pane.color(at, post, inside), pane.share(at));
        color = Rgb.mix(color, board, at.betweenV(2.5, 3.0));
        double letter = at.betweenV(2.62, 2.86) * at.betweenU(-0.3 * width, 0.3 * width);
        boolean ink = Noise.cell(at.u() / 0.14 + shift, shift) > 0.45;
        return ink ? Rgb.mix(color, Rgb.of(206, 200, 180), 0.8 * letter) : color;
    }
}
