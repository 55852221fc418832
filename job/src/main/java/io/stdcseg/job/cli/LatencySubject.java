// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.network.InputScale;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.nio.file.Path;

/**
 * The network that is timed, and the sizes it is timed at.
 *
 * @param weights null for a TorchScript archive, which {@code options} name
 * @param initial whether the weights have learned nothing
 */
record LatencySubject(
        SegmenterOptions options, Weights weights, boolean initial, LatencySizes sizes) {

    /** What an archive does with a picture before its network is its own business. */
    private static final InputScale AS_IT_IS = InputScale.by(1);

    /**
     * A model by name without weights has not learned anything; anything else is what its weights
     * say.
     *
     * @param input null if not given
     * @param picture null if not given
     */
    static LatencySubject of(SegmenterOptions options, InputSize input, InputSize picture) {
        String file = options.weights();
        if (file != null && TorchScriptFile.read(Path.of(file)).isPresent()) {
            LatencySizes sizes = LatencySizes.of(input, picture, AS_IT_IS, true);
            return new LatencySubject(options, null, false, sizes);
        }
        boolean initial = file == null && options.model() != null;
        Weights weights =
                initial ? SegmenterWeights.initial(options) : SegmenterWeights.read(options);
        boolean fixed = options.scale() != null;
        LatencySizes sizes = LatencySizes.of(input, picture, weights.scale(), fixed);
        return new LatencySubject(options, weights.scaled(sizes.scale()), initial, sizes);
    }

    /** Loads the network. */
    Segmenter open() {
        return weights == null ? Engines.open(options) : Engines.open(weights, options);
    }
}
