// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.network.InputScale;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import java.nio.file.Path;

/**
 * Subject of a measurement of latency: a network, and the sizes it is timed at.
 *
 * @param weights null for a TorchScript archive, which {@code options} name
 * @param initial whether the weights have learned nothing
 */
record LatencySubject(SegmenterOptions options, Weights weights, boolean initial, Sizes sizes) {

    /** What an archive does with a picture before its network is its own business. */
    private static final InputScale AS_IT_IS = InputScale.by(1);

    /**
     * Initial weights of the model, or those that the options name.
     *
     * @param input null if not given
     * @param picture null if not given
     */
    static LatencySubject of(
            SegmenterOptions options, boolean initial, InputSize input, InputSize picture) {
        String file = options.weights();
        if (file != null && TorchScriptFile.read(Path.of(file)).isPresent()) {
            Sizes sizes = Sizes.of(input, picture, AS_IT_IS, true);
            return new LatencySubject(options, null, false, sizes);
        }
        Weights weights = InitialOption.read(initial, options);
        boolean fixed = options.scale() != null;
        Sizes sizes = Sizes.of(input, picture, weights.scale(), fixed);
        return new LatencySubject(options, weights.scaled(sizes.scale()), initial, sizes);
    }

    /** Loads the network. */
    Segmenter open() {
        return weights == null ? Engines.open(options) : Engines.open(weights, options);
    }

    /**
     * Sizes that are timed.
     *
     * @param input of the network
     * @param picture before it is resized to the input
     * @param scale that makes the one of the other
     */
    record Sizes(InputSize input, InputSize picture, InputScale scale) {

        private static final double USUAL_ASPECT = 16.0 / 9;

        /**
         * Finds what is not given. Without a picture it is the one that the usual scale makes the
         * input of, or the input itself where the usual scale is a height; without both,
         * Cityscapes' picture, or one of the usual height with an aspect of 16:9.
         *
         * @param input null if not given
         * @param picture null if not given
         * @param usual the model's scale
         * @param fixed whether only the usual scale will do; else any that makes the one of the
         *     other
         */
        static Sizes of(InputSize input, InputSize picture, InputScale usual, boolean fixed) {
            InputSize from = picture == null ? picture(input, usual) : picture;
            InputSize to = input == null ? from.resized(usual) : input;
            if (from.resized(usual).equals(to)) {
                return new Sizes(to, from, usual);
            }
            if (fixed) {
                throw misfit(to, from, usual, "");
            }
            return InputScale.between(from.width(), from.height(), to.width(), to.height())
                    .map(scale -> new Sizes(to, from, scale))
                    .orElseThrow(() -> misfit(to, from, usual, ", and no other makes that size"));
        }

        private static InputSize picture(InputSize input, InputScale usual) {
            if (usual.height() > 0) {
                int width = (int) Math.round(usual.height() * USUAL_ASPECT);
                return input == null ? new InputSize(usual.height(), width) : input;
            }
            return input == null
                    ? InputSize.CITYSCAPES
                    : new InputSize(
                            (int) Math.ceil(input.height() / usual.factor()),
                            (int) Math.ceil(input.width() / usual.factor()));
        }

        private static InputException misfit(
                InputSize input, InputSize picture, InputScale usual, String more) {
            return new InputException(
                    "--input "
                            + input
                            + " does not fit: a picture of "
                            + picture
                            + " becomes "
                            + picture.resized(usual)
                            + " at scale "
                            + usual
                            + more);
        }
    }
}
