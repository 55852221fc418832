// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;

/** Options of {@code segment} for weights beside those that the job begins with. */
public final class NewWeightsOptions {

    public static final ConfigOption<String> WEIGHTS_WATCH =
            key("weights-watch")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "File or directory of weights to take up while the job runs: the file"
                                    + " when it changes, of a directory what was changed last. All"
                                    + " frames behind a checkpoint are made by the new weights,"
                                    + " all before it by the old; what does not fit is named and"
                                    + " left alone.");

    public static final ConfigOption<String> SHADOW =
            key("shadow")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Weights of a second network that sees some of the frames as well: its"
                                    + " masks are only held against the first one's, and against"
                                    + " labels. At the height of --height or --scale, else its"
                                    + " own.");

    public static final ConfigOption<Integer> SHADOW_EVERY =
            key("shadow-every")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "The second network sees one frame of every N of a stream. Default:"
                                    + " 10.");

    /** Those of the command line, in the order of the help. */
    static final List<CliOption<?>> ALL =
            List.of(
                    CliOption.text(WEIGHTS_WATCH, "PATH"),
                    CliOption.text(SHADOW, "FILE"),
                    CliOption.of(SHADOW_EVERY, "N", OptionValues.integer(1)));

    private NewWeightsOptions() {}
}
