// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.people;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Vec;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/**
 * Walker: somebody who walks the way the pose looks, or stands where {@code pace} is 0.
 *
 * @param height 1 for 1.75 m
 * @param hem metres of coat or skirt below the hips
 * @param bag whether there is a bag in the right hand
 */
public record Walker(
        Figure figure, double height, double pace, double phase, double hem, boolean bag)
        implements Thing {

    public static Walker plain(double pace, SplittableRandom random) {
        return new Walker(
                Figure.plain(StreetClass.PEDESTRIAN, random),
                0.92 + 0.16 * random.nextDouble(),
                pace,
                random.nextDouble(),
                0,
                false);
    }

    public static Walker any(double pace, SplittableRandom random) {
        boolean child = random.nextDouble() < 0.1;
        Figure figure =
                random.nextDouble() < 0.04
                        ? Figure.bright(StreetClass.PEDESTRIAN, random)
                        : Figure.any(StreetClass.PEDESTRIAN, random);
        double height = (child ? 0.6 : 0.88) + 0.2 * random.nextDouble();
        return new Walker(
                figure.sized(height),
                height,
                pace,
                random.nextDouble(),
                random.nextDouble() < 0.35 ? 0.2 + 0.4 * random.nextDouble() : 0,
                random.nextDouble() < 0.3);
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        double step = 2 * StrictMath.PI * (seconds * pace / 1.4 + phase);
        double swing = pace == 0 ? 0.06 : 0.3;
        Vec hips = pose.at(0, 0.92 * height, 0);
        Vec neck = pose.at(0, 1.42 * height, 0.03);
        for (int side = -1; side <= 1; side += 2) {
            double reach = side * swing * StrictMath.sin(step);
            double lift = 0.06 + 0.1 * swing * Math.max(0, side * StrictMath.cos(step));
            figure.leg(
                    mesh,
                    pose,
                    pose.at(0.09 * side, 0.9 * height, 0),
                    pose.at(0.09 * side, lift, reach));
            Vec hand = pose.at(0.26 * side, 0.84 * height, -0.8 * reach);
            figure.arm(mesh, pose.at(0.22 * side, 1.38 * height, 0), hand);
            if (bag && side > 0) {
                mesh.limb(hand, hand.plus(new Vec(0, -0.3, 0)), 0.08, 0.15, figure.legs());
            }
        }
        if (hem > 0) {
            figure.hem(mesh, hips, hem * height);
        }
        figure.trunk(mesh, pose, hips, neck);
        figure.head(mesh, pose, neck);
    }
}
