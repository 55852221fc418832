// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.plant;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A tree that forks again and again; its last branches carry clumps of leaves, or in winter a net
 * of twigs.
 */
public final class Tree implements Thing {

    private record Branch(Vec from, Vec to, double thickness, int order) {}

    private record Clump(Vec at, double radius, Paint paint) {}

    /** Material of a clump of bare twigs. */
    @FunctionalInterface
    private interface Twigs {
        Material of(double radius, double shift);
    }

    /** The same for any colour and density. */
    @FunctionalInterface
    private interface Brush {
        Material of(int color, double radius, double density, double shift);
    }

    private static final Paint BARK = StreetClass.TREE.paint(Rgb.of(76, 67, 58));
    private static final int TWIGS = Rgb.of(120, 107, 93);

    /** Metres beyond which a branch of an order is not worth drawing. */
    private static final double[] SEEN = {300, 120, 70, 40, 25};

    private final boolean bare;
    private final int leaves;
    private final Paint bark;
    private final double spread;
    private final Twigs twigs;
    private final List<Branch> branches = new ArrayList<>();
    private final List<Clump> clumps = new ArrayList<>();

    /**
     * @param bare whether it has lost its leaves
     * @param leaves their colour
     * @param bark paint of its branches
     * @param trunk its height up to the first fork, in metres
     * @param spread how far branches lean out, 1 for an oak
     */
    private Tree(
            boolean bare,
            int leaves,
            Paint bark,
            double trunk,
            double spread,
            Twigs twigs,
            SplittableRandom random) {
        this.bare = bare;
        this.leaves = leaves;
        this.bark = bark;
        this.spread = spread;
        this.twigs = twigs;
        Vec fork = new Vec(0, trunk, 0);
        branches.add(new Branch(new Vec(0, 0, 0), fork, 0.08 * trunk, 0));
        grow(fork, Vec.UP, trunk * (0.8 + 0.2 * random.nextDouble()), 0.055 * trunk, 1, random);
    }

    public static Tree plain(SplittableRandom random) {
        boolean bare = random.nextDouble() < 0.25;
        int leaves =
                Rgb.of(
                        52 + 26 * random.nextDouble(),
                        66 + 18 * random.nextDouble(),
                        30 + 14 * random.nextDouble());
        double trunk = 2.1 + 1.3 * random.nextDouble();
        Twigs net = (radius, shift) -> Foliage.twigs(TWIGS, radius, shift);
        return new Tree(bare, leaves, BARK, trunk, 1, net, random);
    }

    /**
     * Any tree of a size.
     *
     * @param winter share of trees without leaves
     */
    public static Tree any(double size, double winter, SplittableRandom random) {
        return any(size, winter, Foliage::brush, random);
    }

    /** The same in a field, where its twigs are seen before the sky and one another. */
    public static Tree free(double size, double winter, SplittableRandom random) {
        return any(size, winter, Foliage::raggedBrush, random);
    }

    private static Tree any(double size, double winter, Brush brush, SplittableRandom random) {
        double bright = 35 + 70 * random.nextDouble();
        double yellow = random.nextDouble() * random.nextDouble();
        int leaves = Rgb.of(bright * (0.6 + 0.6 * yellow), bright, bright * 0.5);
        double dark = 34 + 60 * random.nextDouble();
        int bark = Rgb.of(dark + 6, dark, dark - 6);
        double density = 0.6 + 0.6 * random.nextDouble();
        Twigs twigs = (radius, shift) -> brush.of(bark, radius, density, shift);
        return new Tree(
                random.nextDouble() < winter,
                leaves,
                StreetClass.TREE.paint(bark),
                size * (1.5 + 1.5 * random.nextDouble()),
                0.5 + 0.7 * random.nextDouble(),
                twigs,
                random);
    }

    private void grow(
            Vec from,
            Vec along,
            double length,
            double thickness,
            int order,
            SplittableRandom random) {
        int last = bare ? 4 : 2;
        int count = order == 1 ? 4 : 3;
        double start = 2 * StrictMath.PI * random.nextDouble();
        for (int i = 0; i < count; i++) {
            double angle = start + 2 * StrictMath.PI * (i + 0.6 * random.nextDouble()) / count;
            double lean = 0.45 + 0.35 * random.nextDouble();
            Vec out = new Vec(StrictMath.cos(angle), 0.25, StrictMath.sin(angle));
            Vec way = along.plus(out.times(spread * (lean + 0.15 * order))).unit();
            Vec to = from.plus(way.times(length * (0.8 + 0.4 * random.nextDouble())));
            branches.add(new Branch(from, to, thickness, order));
            if (order < last) {
                grow(to, way, 0.72 * length, 0.55 * thickness, order + 1, random);
            }
            if (order == 2) {
                clumps.add(clump(to.plus(way.times(0.4 * length)), length, random));
            }
        }
    }

    private Clump clump(Vec at, double size, SplittableRandom random) {
        double shift = 200 * random.nextDouble();
        if (bare) {
            double radius = 1.1 * size;
            return new Clump(
                    at, radius, StreetClass.TREE.paint(twigs.of(radius, shift), Finish.VEIL));
        }
        double radius = size * (0.85 + 0.3 * random.nextDouble());
        int color = Rgb.lit(leaves, 0.8 + 0.4 * random.nextDouble());
        return new Clump(
                at,
                radius,
                StreetClass.TREE.paint(new Foliage(color, radius, shift), Finish.CUT_OUT));
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        double away = mesh.distance(pose.origin());
        for (Branch branch : branches) {
            if (away < SEEN[branch.order]) {
                mesh.limb(
                        place(pose, branch.from),
                        place(pose, branch.to),
                        branch.thickness,
                        0.7 * branch.thickness,
                        bark);
            }
        }
        for (Clump clump : clumps) {
            mesh.ball(place(pose, clump.at), clump.radius, clump.paint);
        }
    }

    private static Vec place(Pose pose, Vec at) {
        return pose.at(at.x(), at.y(), at.z());
    }
}
