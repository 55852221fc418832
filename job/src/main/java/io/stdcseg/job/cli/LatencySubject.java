// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.checkpoint.TorchScriptFile;
import io.stdcseg.checkpoint.Weights;
import io.stdcseg.error.InputException;
import io.stdcseg.inference.NetworkEngine;
import io.stdcseg.inference.Segmenter;
import io.stdcseg.inference.SegmenterOptions;
import io.stdcseg.network.InputScale;
import java.nio.file.Path;

/**
 * The network that is timed, and the sizes it is timed at.
 *
 * @param weights null for a TorchScript archive, which {@code options} name
 * @param initial whether the weights have learned nothing
 */
record LatencySubject(
        NetworkEngine engine,
        SegmenterOptions options,
        Weights weights,
        boolean initial,
        LatencySizes sizes) {

    /** What an archive does with a picture before its network is its own business. */
    private static final InputScale AS_IT_IS = InputScale.by(1);

    /**
     * A model by name without weights has not learned anything; anything else is what its weights
     * say.
     *
     * @param input null if not given
     * @param picture null if not given
     */
    static LatencySubject of(
            NetworkEngine engine, SegmenterOptions options, InputSize input, InputSize picture) {
        String file = options.weights();
        if (file != null && TorchScriptFile.read(Path.of(file)).isPresent()) {
            if (engine != NetworkEngine.TORCHSCRIPT) {
                throw new InputException(
                        "--weights " + file + " are TorchScript; --engine torchscript runs them");
            }
            LatencySizes sizes = LatencySizes.of(input, picture, AS_IT_IS, true);
            return new LatencySubject(engine, options, null, false, sizes);
        }
        boolean initial = file == null && options.model() != null;
        Weights weights = initial ? options.initialWeights() : options.readWeights();
        boolean fixed = options.scale() != null;
        LatencySizes sizes = LatencySizes.of(input, picture, weights.scale(), fixed);
        return new LatencySubject(engine, options, weights.scaled(sizes.scale()), initial, sizes);
    }

    /** Loads the network. */
    Segmenter open() {
        return weights == null ? Segmenter.open(options) : engine.open(weights, options);
    }
}
