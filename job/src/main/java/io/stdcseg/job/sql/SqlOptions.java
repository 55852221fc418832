// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.error.InputException;
import io.stdcseg.job.options.CliOption;
import io.stdcseg.job.options.NetworkOptions;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.label.LabelSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Options of tables and functions: those of the command line by their names, without hyphens. */
final class SqlOptions {

    /** What is between the values of one option, as in Flink's own lists. */
    private static final String SEPARATOR = ";";

    private SqlOptions() {}

    /**
     * Reads the options of one table or function.
     *
     * @param subject whose they are, for errors
     * @throws InputException if one is not among {@code allowed}, or its value is not allowed
     */
    static Configuration parse(
            String subject, Map<String, String> options, List<CliOption<?>> allowed) {
        List<String> arguments = new ArrayList<>();
        options.forEach((key, value) -> add(option(subject, key, allowed), value, arguments));
        return new OptionParser(subject, subject, allowed).parse(arguments.toArray(String[]::new));
    }

    /** What ids mean: what the default weights say unless a set is named, as everywhere. */
    static LabelSet labelSet(Configuration options) {
        return options.getOptional(NetworkOptions.LABEL_SET)
                .map(LabelSet::of)
                .orElseGet(() -> SegmenterWeights.resolve(SegmenterOptions.DEFAULTS).labels());
    }

    private static CliOption<?> option(String subject, String key, List<CliOption<?>> allowed) {
        return allowed.stream()
                .filter(option -> option.option().key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InputException(
                                        "option '"
                                                + key
                                                + "' of "
                                                + subject
                                                + " is unknown; allowed are "
                                                + allowed.stream()
                                                        .map(option -> option.option().key())
                                                        .collect(Collectors.joining(", "))));
    }

    private static void add(CliOption<?> option, String value, List<String> arguments) {
        if (option.placeholder() == null) {
            if (!value.equals("true") && !value.equals("false")) {
                throw new InputException(
                        option.flag() + " '" + value + "' is not allowed; true or false is");
            }
            if (value.equals("true")) {
                arguments.add(option.flag());
            }
            return;
        }
        List<String> values =
                option.repeatable() ? List.of(value.split(SEPARATOR, -1)) : List.of(value);
        for (String one : values) {
            // In one word: a value may begin with a hyphen.
            arguments.add(option.flag() + "=" + one.strip());
        }
    }
}
