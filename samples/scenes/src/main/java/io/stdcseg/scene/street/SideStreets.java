// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.scene.street;

/** Side streets: where other streets meet this one. */
@FunctionalInterface
interface SideStreets {

    /** A street that no other meets. */
    SideStreets NONE = (s, side) -> false;

    /** Metres of this street that the mouth of another takes. */
    double WIDTH = 8;

    /** Where in its block the mouth of a side street begins. */
    double OFFSET = 20;

    /**
     * Whether the pavement is open at a place.
     *
     * @param s metres along the street
     * @param side -1 for the left, 1 for the right
     */
    boolean open(double s, int side);

    /** About one block in {@code blocks} has one, on either side. */
    static SideStreets every(double blocks, long seed) {
        return (s, side) -> {
            double number = Math.floor(s / Town.BLOCK);
            double within = s - number * Town.BLOCK;
            return within >= OFFSET
                    && within < OFFSET + WIDTH
                    && Seeds.random(seed + side, (long) number).nextDouble() < 1 / blocks;
        };
    }
}
