// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

import java.util.SplittableRandom;

/**
 * Quarter of a town that a street runs through: how often things are met, each from 0 to 1 unless
 * it says otherwise.
 *
 * @param shops of ground floors
 * @param offices of buildings
 * @param gaps of lots without a building at the street
 * @param winter of trees without leaves
 * @param parked of places for parked cars that are taken
 * @param setback metres that houses may stand behind the front
 * @param people on the pavement, 1 for a crowd
 * @param avenue of the places for trees along the kerb that have one
 * @param rails of kerbs with a guard rail
 */
record Quarter(
        double shops,
        double offices,
        double gaps,
        double winter,
        double parked,
        double setback,
        double people,
        double avenue,
        double rails) {

    static Quarter any(SplittableRandom random) {
        double green = random.nextDouble();
        double parked = random.nextDouble();
        return new Quarter(
                random.nextDouble() * 1.2 - 0.1,
                0.5 * random.nextDouble() * random.nextDouble(),
                0.75 * green * green,
                random.nextDouble() < 0.6 ? 0.9 : random.nextDouble(),
                0.75 * parked * parked,
                setback(random),
                random.nextDouble(),
                random.nextDouble() < 0.35 ? random.nextDouble() : 0.05,
                random.nextDouble() < 0.4 ? 0.6 * random.nextDouble() : 0.05);
    }

    private static double setback(SplittableRandom random) {
        double kind = random.nextDouble();
        return (kind < 0.12 ? 25 : kind < 0.5 ? 5 : 0) * random.nextDouble();
    }
}
