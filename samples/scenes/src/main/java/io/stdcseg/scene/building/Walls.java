// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.building;

import io.stdcseg.scene.render.Material;
import io.stdcseg.scene.render.Noise;
import io.stdcseg.scene.render.Rgb;
import java.util.SplittableRandom;

/** Walls of any material and colour that walls have. */
final class Walls {

    private static final int[] BRICKS = {
        Rgb.of(122, 70, 54), Rgb.of(150, 88, 66), Rgb.of(104, 66, 56), Rgb.of(178, 156, 116),
        Rgb.of(196, 174, 134), Rgb.of(148, 128, 98), Rgb.of(92, 80, 72), Rgb.of(134, 104, 82)
    };
    private static final int[] STONES = {
        Rgb.of(176, 166, 142), Rgb.of(150, 142, 124), Rgb.of(120, 114, 104), Rgb.of(196, 188, 168)
    };
    private static final int[] PLASTERS = {
        Rgb.of(236, 234, 228), Rgb.of(226, 218, 200), Rgb.of(214, 200, 168), Rgb.of(180, 186, 190),
        Rgb.of(204, 176, 152), Rgb.of(160, 172, 160), Rgb.of(206, 206, 204), Rgb.of(150, 140, 128)
    };

    private Walls() {}

    static Material any(SplittableRandom random) {
        double kind = random.nextDouble();
        double tone = 0.65 + 0.5 * random.nextDouble();
        if (kind < 0.5) {
            return Masonry.brick(Rgb.lit(BRICKS[random.nextInt(BRICKS.length)], tone));
        }
        if (kind < 0.72) {
            return Masonry.plaster(Rgb.lit(PLASTERS[random.nextInt(PLASTERS.length)], tone));
        }
        int stone = Rgb.lit(STONES[random.nextInt(STONES.length)], tone);
        double length = 0.5 + 0.9 * random.nextDouble();
        return blocks(stone, length, 0.55 * length, 0.1 + 0.2 * random.nextDouble());
    }

    /** Sheets of concrete or metal. */
    static Material panels(SplittableRandom random) {
        double bright = 110 + 120 * random.nextDouble();
        double warm = 16 * (random.nextDouble() - 0.5);
        int color = Rgb.of(bright + warm, bright, bright - warm);
        return blocks(color, 1.5 + 2 * random.nextDouble(), 1 + random.nextDouble(), 0.06);
    }

    /** Rows of stones, each other one shifted by half a stone. */
    private static Material blocks(int color, double length, double height, double variety) {
        return at -> {
            double row = Math.floor(at.v() / height);
            double u = at.u() + 0.5 * length * (row % 2);
            double near = Math.max(0, 1 - at.pixel() / height);
            double own = near * (Noise.cell(u / length, row + 0.5) - 0.5);
            double stains = Noise.hills(at.u(), 0.5 * at.v(), 4, 0.05, at.pixel());
            double shifted = u - Math.floor(u / length) * length;
            double joint =
                    Math.max(at.stripesV(height, 0.03), shifted < 0.03 && near > 0 ? near : 0);
            return Rgb.lit(color, 1 + variety * own + 0.2 * stains - 0.3 * joint);
        };
    }
}
