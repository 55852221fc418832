// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.onnx;

import io.stdcseg.network.quantise.Quantisation;

/** A stack of maps as {@link QdqOps} knows it. */
sealed interface QdqMaps {

    /** The graph's value that has their size. */
    OnnxMaps maps();

    /**
     * A level from 0 to 255 for each number.
     *
     * @param meaning what the levels stand for
     */
    record Levels(OnnxMaps maps, Quantisation meaning) implements QdqMaps {}

    /**
     * Levels of which each map counts as much as its gate says. Nothing is multiplied yet: units
     * that change with what follows become part of the gate.
     *
     * @param levels of which 0 is zero
     * @param gate floats (pictures, channels, 1, 1), not negative
     * @param widest what no gate exceeds
     */
    record Gated(Levels levels, OnnxMaps gate, double widest) implements QdqMaps {

        @Override
        public OnnxMaps maps() {
            return levels.maps();
        }
    }

    /**
     * Plain numbers: means of maps and what is made of them, and scores.
     *
     * @param range how far they reach; null where nothing tells
     */
    record Numbers(OnnxMaps maps, Quantisation range) implements QdqMaps {}
}
