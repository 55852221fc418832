// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.apache.flink.configuration.ConfigOptions.key;

import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.weights.Weights;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** {@code --average FILE}: weights that have learned on, averaged with those they learned from. */
final class AverageOptions {

    private static final ConfigOption<String> AVERAGE =
            key("average")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Weights to average with, such as those that a training started from:"
                                    + " often better than both, on what either has seen and on"
                                    + " what neither has.");

    private static final ConfigOption<Double> SHARE =
            key("average-share")
                    .doubleType()
                    .defaultValue(0.5)
                    .withDescription("Share of --average in the average, 0 to 1.");

    private AverageOptions() {}

    static List<CliOption<?>> cli() {
        return List.of(CliOption.text(AVERAGE, "FILE"), CliOption.number(SHARE, "S"));
    }

    /** The average that was asked for; else the weights. */
    static Weights apply(Configuration options, Weights weights) {
        if (!options.contains(AVERAGE)) {
            if (options.contains(SHARE)) {
                throw new InputException("--average-share needs --average");
            }
            return weights;
        }
        Weights others =
                SegmenterWeights.read(
                        NetworkOptions.segmenter(options).withWeights(options.get(AVERAGE)));
        return weights.averagedWith(others, options.get(SHARE));
    }
}
