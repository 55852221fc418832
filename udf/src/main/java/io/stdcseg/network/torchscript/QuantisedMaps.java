// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import io.stdcseg.network.quantise.Quantisation;

/** A stack of maps as {@link QuantisedOps} knows it. */
sealed interface QuantisedMaps {

    /** The program's value that has their size. */
    String name();

    /**
     * A level from 0 to 255 for each number.
     *
     * @param quantisation what the levels stand for
     */
    record Levels(String name, Quantisation quantisation) implements QuantisedMaps {}

    /**
     * Levels of which each map counts as much as its gate says. Nothing is multiplied yet: the gate
     * waits for the next scale, to be one factor with it.
     *
     * @param levels of which 0 is zero
     * @param gate floats (pictures, channels, 1, 1), not negative
     * @param widest what no gate exceeds
     */
    record Gated(Levels levels, String gate, double widest) implements QuantisedMaps {

        @Override
        public String name() {
            return levels.name();
        }
    }

    /** Plain numbers: means of maps and what is made of them, and scores. */
    record Floats(String name) implements QuantisedMaps {}
}
