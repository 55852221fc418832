// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.furniture;

import io.stdcseg.scene.render.Fragment;
import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Signs of every kind on their posts, and traffic lights. They face against the pose. */
public final class Signs {

    private static final int WHITE = Rgb.of(222, 222, 216);
    private static final int BLACK = Rgb.of(28, 28, 30);
    private static final int[] GROUNDS = {
        Rgb.of(28, 66, 150),
        Rgb.of(20, 92, 62),
        Rgb.of(222, 222, 216),
        Rgb.of(226, 190, 40),
        Rgb.of(110, 70, 46),
        Rgb.of(32, 34, 40)
    };
    private static final int[] RIMS = {
        Rgb.of(184, 30, 36), Rgb.of(28, 74, 160), Rgb.of(184, 30, 36), Rgb.of(40, 42, 44)
    };
    private static final Paint BACK = StreetClass.SIGN.paint(Rgb.of(104, 104, 102));

    private Signs() {}

    /** One to three boards above each other. */
    public static Thing any(SplittableRandom random) {
        Paint post = Lamps.metal(random);
        int boards = 1 + (random.nextDouble() < 0.35 ? 1 + random.nextInt(2) : 0);
        double foot = 2 + 0.5 * random.nextDouble();
        Board[] all = new Board[boards];
        for (int i = 0; i < boards; i++) {
            all[i] = Board.any(random);
        }
        return (mesh, pose, seconds) -> {
            double y = foot;
            for (Board board : all) {
                board.build(mesh, pose.moved(0, y + board.size, -0.06));
                y += 2 * board.size + 0.06;
            }
            mesh.limb(pose.origin(), pose.at(0, y, 0), 0.045, 0.045, post);
        };
    }

    /** A large board with directions on two posts. */
    public static Thing directions(SplittableRandom random) {
        Paint post = Lamps.metal(random);
        double width = 1.4 + 1.4 * random.nextDouble();
        double height = 0.8 + random.nextDouble();
        double foot = 1.6 + random.nextDouble();
        Paint face = StreetClass.SIGN.paint(text(random));
        return (mesh, pose, seconds) -> {
            for (double x : new double[] {-0.35 * width, 0.35 * width}) {
                mesh.limb(pose.at(x, 0, 0), pose.at(x, foot + height, 0), 0.05, 0.05, post);
            }
            mesh.panel(pose.moved(0, foot, -0.07), width, height, face);
            mesh.panel(pose.moved(0, foot, -0.03), width, height, BACK);
        };
    }

    /** The face of a large board. */
    static Paint board(SplittableRandom random) {
        return StreetClass.SIGN.paint(text(random));
    }

    /** A board that hangs out from a house over the pavement to its right. */
    public static Thing hanging(SplittableRandom random) {
        Paint paint = StreetClass.SIGN.paint(text(random));
        double width = 0.5 + 0.5 * random.nextDouble();
        double height = 0.5 + 0.9 * random.nextDouble();
        double foot = 2.6 + 1.4 * random.nextDouble();
        return (mesh, pose, seconds) ->
                mesh.box(pose.moved(0.2 + width / 2, foot, 0), width, height, 0.12, paint);
    }

    /** A lit box that tells which side of an island to take. */
    public static Thing keepLeft(SplittableRandom random) {
        int color = random.nextBoolean() ? Rgb.of(230, 226, 214) : Rgb.of(228, 186, 30);
        Material plain = Material.plain(color);
        Paint box = StreetClass.SIGN.paint(Material.glowing(plain, plain));
        Paint arrow = StreetClass.SIGN.paint(ring(1, random));
        return (mesh, pose, seconds) -> {
            mesh.box(pose, 0.4, 1.1, 0.3, box);
            Pose face = pose.moved(0, 0.75, -0.17);
            mesh.disc(face.origin(), face.right(), face.up(), 0.17, arrow);
        };
    }

    /** Three lamps before a dark board, on a post. */
    public static Thing trafficLight(SplittableRandom random) {
        Paint post = Lamps.metal(random);
        Paint box = StreetClass.SIGN.paint(BLACK);
        Paint edge = StreetClass.SIGN.paint(random.nextBoolean() ? WHITE : BLACK);
        double foot = 2.1 + 0.6 * random.nextDouble();
        double rest = 1 + 2.5 * random.nextDouble();
        boolean board = random.nextBoolean();
        int lit = random.nextInt(3);
        int[] lamps = {Rgb.of(46, 230, 150), Rgb.of(250, 180, 40), Rgb.of(250, 50, 44)};
        return (mesh, pose, seconds) -> {
            double top = foot + 1.1 + (board ? rest : 0);
            mesh.limb(pose.origin(), pose.at(0, top, 0), 0.07, 0.06, post);
            Pose head = pose.moved(0, foot, -0.2);
            mesh.box(head, 0.36, 1.05, 0.22, box);
            if (board) {
                mesh.panel(head.moved(0, -0.15, 0.12), 0.75, 1.35, edge);
                mesh.panel(head.moved(0, -0.1, 0.115), 0.66, 1.25, box);
            }
            for (int i = 0; i < lamps.length; i++) {
                Material color = Material.plain(i == lit ? lamps[i] : Rgb.lit(lamps[i], 0.2));
                mesh.disc(
                        head.at(0, 0.2 + 0.32 * i, -0.12),
                        head.right(),
                        head.up(),
                        0.1,
                        StreetClass.SIGN.paint(i == lit ? Material.glowing(color, color) : color));
            }
        };
    }

    /**
     * One board: its shape by number of corners, 0 for a round one.
     *
     * @param size half its height, in metres
     */
    private record Board(int corners, double size, double wide, Paint face) {

        static Board any(SplittableRandom random) {
            double kind = random.nextDouble();
            double size = 0.28 + 0.2 * random.nextDouble();
            if (kind < 0.4) {
                return new Board(0, size, 1, StreetClass.SIGN.paint(ring(size, random)));
            }
            if (kind < 0.6) {
                return new Board(3, size, 1, StreetClass.SIGN.paint(triangle(size)));
            }
            double wide = 0.7 + 0.9 * random.nextDouble();
            return new Board(4, size, wide, StreetClass.SIGN.paint(text(random)));
        }

        void build(Mesh mesh, Pose middle) {
            shape(mesh, middle, face);
            shape(mesh, middle.moved(0, 0, 0.03), BACK);
        }

        private void shape(Mesh mesh, Pose at, Paint paint) {
            if (corners == 0) {
                mesh.disc(at.origin(), at.right(), at.up(), size, paint);
            } else if (corners == 3) {
                mesh.outline(
                        at.origin(),
                        at.right(),
                        at.up(),
                        paint,
                        -size,
                        -size,
                        size,
                        -size,
                        0,
                        size);
            } else {
                mesh.panel(at.moved(0, -size, 0), 2 * size * wide, 2 * size, paint);
            }
        }
    }

    private static Material ring(double size, SplittableRandom random) {
        int kind = random.nextInt(RIMS.length);
        int rim = RIMS[kind];
        int inner = kind % 2 == 0 ? WHITE : rim;
        double shift = 100 * random.nextDouble();
        return at -> {
            double r = Math.sqrt(at.u() * at.u() + at.v() * at.v()) / size;
            boolean figure = r < 0.5 && Noise.at(9 * at.u() + shift, 9 * at.v()) > 0.55;
            return r > 0.76 ? rim : figure ? (inner == WHITE ? BLACK : WHITE) : inner;
        };
    }

    private static Material triangle(double size) {
        return at -> {
            double inside = 0.62 * size - at.v() - 1.9 * Math.abs(at.u());
            boolean white = at.v() > -0.8 * size && inside > -0.25 * size;
            boolean figure = Math.abs(at.u()) < 0.12 * size && at.v() < 0.2 * size;
            return !white ? RIMS[0] : figure ? BLACK : WHITE;
        };
    }

    /** Lines of letters. */
    private static Material text(SplittableRandom random) {
        int ground = GROUNDS[random.nextInt(GROUNDS.length)];
        int ink = (ground >> 8 & 255) > 150 ? BLACK : WHITE;
        double line = 0.14 + 0.2 * random.nextDouble();
        double shift = 100 * random.nextDouble();
        return at -> ink(at, line, shift) ? ink : ground;
    }

    private static boolean ink(Fragment at, double line, double shift) {
        double row = (at.v() + 10) / line;
        double inRow = row - Math.floor(row);
        double letter = at.u() / (0.35 * line);
        return inRow > 0.35
                && inRow < 0.8
                && Noise.cell(letter / 4 + shift, row + 0.5) > 0.25
                && Noise.cell(letter + shift, row) > 0.4;
    }
}
