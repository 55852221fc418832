// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.plant;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Shrub: clumps of leaves that reach down to the ground, as of a hedge or a conifer. */
public record Shrub(List<Clump> clumps) implements Thing {

    private record Clump(double x, double y, double z, double radius, Paint paint) {}

    /** Bushes along {@code width} metres. */
    public static Shrub hedge(double width, double height, SplittableRandom random) {
        int color = green(random);
        List<Clump> clumps = new ArrayList<>();
        for (double x = -width / 2; x < width / 2; x += 0.7 * height) {
            double radius = height * (0.5 + 0.25 * random.nextDouble());
            clumps.add(clump(x, 0.8 * radius, 0.3 * random.nextDouble(), radius, color, random));
        }
        return new Shrub(clumps);
    }

    /** A cone of branches. */
    public static Shrub conifer(SplittableRandom random) {
        int color = Rgb.lit(green(random), 0.7);
        double height = 4 + 9 * random.nextDouble();
        double foot = height * (0.12 + 0.14 * random.nextDouble());
        List<Clump> clumps = new ArrayList<>();
        double y = 0.6 * foot;
        for (double radius = foot; radius > 0.25; radius *= 0.88) {
            double sway = 0.25 * radius * (random.nextDouble() - 0.5);
            clumps.add(clump(sway, y, 0, radius, color, random));
            y += 0.55 * radius;
        }
        return new Shrub(clumps);
    }

    private static Clump clump(
            double x, double y, double z, double radius, int color, SplittableRandom random) {
        int own = Rgb.lit(color, 0.8 + 0.4 * random.nextDouble());
        Foliage leaves = new Foliage(own, radius, 200 * random.nextDouble());
        return new Clump(x, y, z, radius, StreetClass.TREE.paint(leaves, Finish.CUT_OUT));
    }

    static int green(SplittableRandom random) {
        double bright = 30 + 60 * random.nextDouble();
        return Rgb.of(bright * (0.55 + 0.5 * random.nextDouble()), bright, 0.5 * bright);
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        for (Clump clump : clumps) {
            mesh.ball(pose.at(clump.x, clump.y, clump.z), clump.radius, clump.paint);
        }
    }
}
