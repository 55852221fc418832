// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.network.StdcSeg;
import io.stdcseg.network.plain.PlainMaps;
import io.stdcseg.network.plain.PlainOps;
import io.stdcseg.weights.Weights;
import java.nio.FloatBuffer;

/** The network in plain Java, which no library can break; for one picture at a time. */
record PlainNetwork(Weights weights) implements CoarseNetwork.Loaded {

    @Override
    public CoarseNetwork.Prepared prepare(int height, int width) {
        return new CoarseNetwork.Prepared() {

            @Override
            public CoarseNetwork open(int mostPictures) {
                return new Run(height, width);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    private final class Run implements CoarseNetwork {

        private final PlainMaps image;

        Run(int height, int width) {
            image = new PlainMaps(new float[height * width * 3], height, width, 3);
        }

        @Override
        public FloatBuffer input() {
            return FloatBuffer.wrap(image.values());
        }

        @Override
        public Scores compute(int pictures) {
            PlainMaps scores =
                    new StdcSeg(weights.spec()).logits(new PlainOps(weights.tensors()), image);
            return new Scores(
                    FloatBuffer.wrap(scores.values()),
                    scores.rows(),
                    scores.columns(),
                    scores.channels());
        }

        @Override
        public void close() {}
    }
}
