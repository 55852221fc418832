// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Material;
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

/**
 * Enclosure of a plot, facing against the pose: a wall, a fence, or a fence on a wall.
 *
 * @param width along the boundary, in metres
 * @param base height of the wall, 0 for none
 * @param top height of the fence on it, 0 for none
 */
public record Enclosure(double width, double base, double top, Paint wall, Paint fence)
        implements Thing {

    private static final double THICK = 0.3;

    /** Before a garden, a park or a church. */
    public static Enclosure any(double width, SplittableRandom random) {
        double kind = random.nextDouble();
        double base = kind < 0.3 ? 0.8 + 1.4 * random.nextDouble() : kind < 0.6 ? 0.4 : 0;
        double top = kind < 0.2 ? 0 : 0.9 + 1.1 * random.nextDouble();
        Paint wall = StreetClass.BUILDING.paint(Walls.any(random));
        return new Enclosure(width, base, top, wall, fence(top, random));
    }

    /** Bars along a kerb that keep people off the road. */
    public static Enclosure guardRail(double width, SplittableRandom random) {
        double bright = 90 + 90 * random.nextDouble();
        int steel = Rgb.of(bright, bright, bright + 4);
        Paint bars = StreetClass.FENCE.paint(bars(1.05, steel, 0.12, 0.022), Finish.VEIL);
        return new Enclosure(width, 0, 1.05, bars, bars);
    }

    /** A wall that keeps noise off. */
    public static Enclosure barrier(double width, double height, SplittableRandom random) {
        Paint wall = StreetClass.BUILDING.paint(Walls.panels(random));
        return new Enclosure(width, height, 0, wall, wall);
    }

    /** A fence of boards around a building site. */
    public static Enclosure hoarding(double width, SplittableRandom random) {
        Paint boards = StreetClass.FENCE.paint(boards(Colors.any(0.6, 0.4, random), 1.2));
        return new Enclosure(width, 0, 2.2, boards, boards);
    }

    private static Paint fence(double height, SplittableRandom random) {
        double kind = random.nextDouble();
        double dark = 26 + 40 * random.nextDouble();
        if (kind < 0.7) {
            int iron = kind < 0.1 ? Rgb.of(200, 200, 196) : Rgb.of(dark, dark, dark);
            double pitch = 0.1 + 0.1 * random.nextDouble();
            return StreetClass.FENCE.paint(bars(height, iron, pitch, 0.25 * pitch), Finish.VEIL);
        }
        int wood = Rgb.of(2.2 * dark, 1.9 * dark, 1.5 * dark);
        return StreetClass.FENCE.paint(boards(wood, 0.1 + 0.1 * random.nextDouble()));
    }

    private static Material bars(double height, int color, double pitch, double thick) {
        return at -> {
            double upright = Math.max(at.stripesU(pitch, thick), at.stripesU(2, 0.06));
            double rails = at.betweenV(height - 0.08, height) + at.betweenV(0.1, 0.15);
            double shine = 0.85 + 0.3 * Noise.cell(at.u() / pitch, 2.5);
            return Rgb.veiled(Rgb.lit(color, shine), Math.min(1, Math.max(upright, rails)));
        };
    }

    private static Material boards(int color, double board) {
        return at -> {
            double own = Noise.cell(at.u() / board, 3.5) - 0.5;
            double grain = Noise.hills(8 * at.u(), at.v(), 1, 0.1, 4 * at.pixel());
            return Rgb.lit(color, 1 + 0.25 * own + 0.15 * grain - 0.5 * at.stripesU(board, 0.012));
        };
    }

    @Override
    public void build(Mesh mesh, Pose pose, double seconds) {
        if (base > 0) {
            mesh.box(pose.moved(0, 0, THICK / 2), width, base, THICK, wall);
        }
        if (top > 0) {
            mesh.panel(pose.moved(0, base, 0.1), width, top, fence);
        }
    }
}
