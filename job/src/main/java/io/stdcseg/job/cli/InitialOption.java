// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.weights.Weights;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code --initial}: weights of a published model that have learned nothing, to time it. */
final class InitialOption {

    private static final ConfigOption<Boolean> INITIAL =
            key("initial")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Weights of --model that have learned nothing, to time it: no file is"
                                    + " read. For Cityscapes' classes and at the published scale,"
                                    + " unless --label-set, --scale or --height say otherwise.");

    private InitialOption() {}

    static CliOption<?> cli() {
        return CliOption.flag(INITIAL);
    }

    /**
     * Whether initial weights are asked for.
     *
     * @throws InputException if they are, and of no model, or beside others
     */
    static boolean isIn(Configuration options) {
        boolean initial = options.get(INITIAL);
        boolean fits =
                options.contains(NetworkOptions.MODEL) && !options.contains(NetworkOptions.WEIGHTS);
        if (initial && !fits) {
            throw new InputException("--initial needs --model, and no --weights");
        }
        return initial;
    }

    /** Initial weights if {@code initial}, or those that the options name. */
    static Weights read(boolean initial, SegmenterOptions network) {
        return initial ? SegmenterWeights.initial(network) : SegmenterWeights.read(network);
    }
}
