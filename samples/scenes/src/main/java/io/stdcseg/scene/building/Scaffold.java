// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Mesh;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Paint;
import io.stdcseg.scene.render.Paint.Finish;
import io.stdcseg.scene.render.Pose;
import io.stdcseg.scene.render.Rgb;
import io.stdcseg.scene.thing.Colors;
import io.stdcseg.scene.thing.StreetClass;
import io.stdcseg.scene.thing.Thing;
import java.util.SplittableRandom;

/** Scaffold with a net before a front that is being repaired; it counts as a building. */
public record Scaffold(double width, double height, Paint net) implements Thing {

    private static final double STOREY = 2.1;

    public static Scaffold any(double width, SplittableRandom random) {
        int color = random.nextBoolean() ? Rgb.of(52, 110, 82) : Colors.any(0.3, 0.7, random);
        double dense = 0.2 + 0.6 * random.nextDouble();
        int steel = Rgb.of(126, 124, 120);
        Paint net =
                StreetClass.BUILDING.paint(
                        at -> {
                            double bars = Math.max(at.stripesU(2, 0.07), at.stripesV(STOREY, 0.09));
                            if (bars > 0.4) {
                                return steel;
                            }
                            double folds = Noise.hills(at.u(), 0.4 * at.v(), 2, 0.2, at.pixel());
                            boolean open = at.v() < STOREY;
                            return Rgb.veiled(Rgb.lit(color, 1 + 0.5 * folds), open ? 0 : dense);
                        },
                        Finish.VEIL);
        return new Scaffold(width, STOREY * (3 + random.nextInt(4)), net);
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        mesh.panel(pose.moved(0, 0, -1.1), width, height, net);
    }
}
