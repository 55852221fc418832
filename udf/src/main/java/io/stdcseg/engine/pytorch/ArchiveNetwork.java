// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Model;
import io.stdcseg.engine.CoarseNetwork;
import io.stdcseg.network.torchscript.TorchScriptWriter;

/**
 * The network of an archive that has the method {@link TorchScriptWriter#SCORES}. What is prepared
 * for a size are the weights that its first call packs.
 */
record ArchiveNetwork(Model model) implements CoarseNetwork.Loaded {

    @Override
    public CoarseNetwork.Prepared prepare(int height, int width) {
        ArchiveCall scores = new PrepackedCall(model, TorchScriptWriter.SCORES);
        return new CoarseNetwork.Prepared() {

            @Override
            public CoarseNetwork open(int mostPictures) {
                return new NetworkRun(model, scores, mostPictures, height, width);
            }

            @Override
            public void close() {
                scores.close();
            }
        };
    }

    @Override
    public void close() {
        model.close();
    }
}
