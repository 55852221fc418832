// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

/**
 * Glare of lamps: the light that spreads around each one that is seen, and that wet air spreads
 * further.
 *
 * @param spread size of halos, 1 in clear air
 */
public record Glare(LampLight lamps, double spread) implements Effect {

    /** Metres by which a lamp may lie behind its own glass. */
    private static final double GLASS = 0.7;

    @Override
    public void apply(View view) {
        for (Lamp lamp : lamps.all()) {
            if (lamp.kind().size > 0) {
                shine(view, lamp);
            }
        }
    }

    private void shine(View view, Lamp lamp) {
        Camera camera = view.camera();
        Vec p = camera.see(lamp.at());
        double seen = lamp.towards(camera.pose().origin());
        if (p.z() < 0.5 || seen == 0) {
            return;
        }
        double x = view.width() / 2.0 + camera.focal() * p.x() / p.z();
        double y = view.height() / 2.0 - camera.focal() * p.y() / p.z();
        if (!view.contains(x, y) || 1 / view.nearness((int) x, (int) y) < p.z() - GLASS) {
            return;
        }
        double unit = view.width() / 480.0;
        double core = Math.max(0.7 * unit, camera.focal() * lamp.kind().size / p.z());
        double halo = spread * lamp.kind().halo * Math.sqrt(core * unit) + core;
        double bright = lamps.strength() * (0.4 + 0.6 * seen);
        Tint tint = lamps.tint(lamp);
        int reach = (int) Math.ceil(3 * halo);
        for (int row = (int) y - reach; row <= y + reach; row++) {
            for (int column = (int) x - reach; column <= x + reach; column++) {
                double dx = column + 0.5 - x;
                double dy = row + 0.5 - y;
                double r = Math.sqrt(dx * dx + dy * dy);
                double middle = Math.max(0, Math.min(1, core + 0.5 - r));
                double near = Math.max(0, 1 - r / (3 * halo));
                double around = near * near * near * lamp.kind().halo / 8;
                // The middle is too bright for a colour.
                view.add(column, row, Tint.WHITE, 0.6 * bright * middle);
                view.add(column, row, tint, bright * (middle + around));
            }
        }
    }
}
