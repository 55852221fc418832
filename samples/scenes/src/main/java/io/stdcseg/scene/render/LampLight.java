// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.render;

import java.util.ArrayList;
import java.util.List;

/** Light of many lamps along a street, which runs along z. Each is looked for near it only. */
public final class LampLight {

    /** Metres of z whose lamps are kept together. */
    private static final double BIN = 8;

    /** Share of a lamp's light that a face has which looks away: it comes from other faces. */
    private static final double SCATTERED = 0.3;

    private final List<Lamp> all;
    private final List<List<Lamp>> bins = new ArrayList<>();
    private final Tint street;
    private final double strength;
    private double first = Double.MAX_VALUE;

    /**
     * @param street tint of street lamps and those of tunnels
     * @param strength of all lamps, 1 at night
     */
    public LampLight(List<Lamp> lamps, Tint street, double strength) {
        this.all = List.copyOf(lamps);
        this.street = street;
        this.strength = strength;
        for (Lamp lamp : lamps) {
            first = Math.min(first, lamp.at().z() - lamp.kind().reach);
        }
        for (Lamp lamp : lamps) {
            int last = bin(lamp.at().z() + lamp.kind().reach);
            while (bins.size() <= last) {
                bins.add(new ArrayList<>());
            }
            for (int i = bin(lamp.at().z() - lamp.kind().reach); i <= last; i++) {
                bins.get(i).add(lamp);
            }
        }
    }

    List<Lamp> all() {
        return all;
    }

    double strength() {
        return strength;
    }

    Tint tint(Lamp lamp) {
        boolean council = lamp.kind() == Lamp.Kind.STREET || lamp.kind() == Lamp.Kind.TUNNEL;
        return council ? street : lamp.kind().tint;
    }

    private int bin(double z) {
        return (int) Math.floor((z - first) / BIN);
    }

    /** Adds to red, green and blue the light that falls on a point of a face. */
    void add(Vec point, Vec normal, double[] rgb) {
        int bin = bin(point.z());
        if (bin < 0 || bin >= bins.size()) {
            return;
        }
        for (Lamp lamp : bins.get(bin)) {
            Vec way = lamp.at().minus(point);
            double square = way.dot(way);
            double reach = lamp.kind().reach;
            if (square < reach * reach) {
                double faced = Math.max(0, way.dot(normal) / Math.sqrt(square + 1e-9));
                double light =
                        strength
                                * lamp.kind().strength
                                * lamp.towards(point)
                                * (SCATTERED + (1 - SCATTERED) * faced)
                                * (1 - square / (reach * reach))
                                / (square + lamp.kind().even);
                Tint tint = tint(lamp);
                rgb[0] += light * tint.red();
                rgb[1] += light * tint.green();
                rgb[2] += light * tint.blue();
            }
        }
    }
}
