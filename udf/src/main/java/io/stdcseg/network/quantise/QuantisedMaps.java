// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.quantise;

/**
 * Feature maps of a network that computes in 8 bits: levels, levels that wait for their gate, or
 * floats.
 *
 * @param <V> a value of the program or the graph that a back end writes
 */
public sealed interface QuantisedMaps<V> {

    /** The value that has their size. */
    V value();

    /**
     * A level from 0 to 255 for each number.
     *
     * @param quantisation what the levels stand for
     */
    record Levels<V>(V value, Quantisation quantisation) implements QuantisedMaps<V> {}

    /**
     * Levels of which each map counts as much as its gate says. Nothing is multiplied yet: the gate
     * waits for the next scale, to be one factor with it.
     *
     * @param levels of which 0 is zero
     * @param gate floats (pictures, channels, 1, 1), not negative
     * @param widest what no gate exceeds
     */
    record Gated<V>(Levels<V> levels, V gate, double widest) implements QuantisedMaps<V> {

        @Override
        public V value() {
            return levels.value();
        }
    }

    /**
     * Plain numbers: means of maps and what is made of them, and scores.
     *
     * @param range how far they reach; null where nothing tells
     */
    record Floats<V>(V value, Quantisation range) implements QuantisedMaps<V> {

        /** Numbers of which nothing tells how far they reach. */
        public Floats(V value) {
            this(value, null);
        }
    }
}
