// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.torchscript.ScriptSnippet;

/**
 * 1x1 convolutions as they stand in others' archives: oneDNN 3.7 divides by the size of a cache
 * when it plans them, and a processor that tells none ends the process.
 */
final class PointwiseConvolutions {

    /** Inputs, outputs, rows and columns, as a network of this kind has them. */
    private static final long[][] SIZES = {
        {64, 128, 90, 120},
        {256, 128, 45, 60},
        {256, 256, 45, 60},
        {512, 256, 23, 30},
        {512, 512, 23, 30},
        {1024, 512, 12, 15},
        {384, 256, 45, 60},
        {256, 11, 45, 60},
        {256, 19, 64, 128}
    };

    private PointwiseConvolutions() {}

    /** Computes some; ends the process where it cannot be done. */
    static void compute(Device device) {
        try (Model model = ModelLoader.load(ScriptSnippet.CONVOLVE, device)) {
            for (long[] size : SIZES) {
                try (NDManager scope = model.getNDManager().newSubManager()) {
                    NDList inputs =
                            new NDList(
                                    scope.zeros(new Shape(1, size[0], size[2], size[3])),
                                    scope.zeros(new Shape(size[1], size[0], 1, 1)));
                    ScriptMethod.run(model, scope, inputs);
                }
            }
        }
    }
}
