// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import io.stdcseg.checkpoint.Weights;

/** What computes a network. */
public enum NetworkEngine {

    /** The graph that jobs run. */
    TORCHSCRIPT {
        @Override
        Segmenter load(Weights weights, SegmenterOptions options, String device) {
            return ModelLoader.load(weights, options, device);
        }
    },

    /**
     * One operation after the other as they are written, batch norms unfolded, scores enlarged in
     * full, in single precision: as the published code computes.
     */
    EAGER {
        @Override
        Segmenter load(Weights weights, SegmenterOptions options, String device) {
            return EagerSegmenter.load(weights, options, device);
        }
    };

    /**
     * Loads a network on the first of its devices.
     *
     * @param options whatever they say of weights and scale, {@code weights} decide
     * @throws io.stdcseg.error.InputException if device or precision cannot be used
     */
    public Segmenter open(Weights weights, SegmenterOptions options) {
        TorchPresence.check();
        return load(weights, options, Devices.of(options).get(0));
    }

    abstract Segmenter load(Weights weights, SegmenterOptions options, String device);
}
