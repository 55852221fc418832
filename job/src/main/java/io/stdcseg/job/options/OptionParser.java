// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.error.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parser of a command line: reads {@link CliOption}s into a Flink {@link Configuration}. */
public final class OptionParser {

    private final CommandLine commandLine;
    private final List<CliOption<?>> options;

    /**
     * @param command what the user typed to get here, for the help
     * @param description one sentence
     */
    public OptionParser(String command, String description, List<CliOption<?>> options) {
        this.options = List.copyOf(options);
        CommandSpec spec = CommandSpec.create().name(command);
        spec.usageMessage().description(description).width(100).sortOptions(false);
        int position = 0;
        for (CliOption<?> option : options) {
            if (option.positional()) {
                spec.addPositional(toPositional(option, position++));
            } else {
                spec.addOption(toSpec(option));
            }
        }
        spec.addOption(
                OptionSpec.builder("--verbose")
                        .type(boolean.class)
                        .description("Show the stack trace of an error.")
                        .build());
        spec.addOption(
                OptionSpec.builder("-h", "--help")
                        .type(boolean.class)
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        this.commandLine = new CommandLine(spec);
    }

    /** Whether {@code args} ask for help rather than for work. */
    public boolean asksForHelp(String... args) {
        return List.of(args).contains("--help") || List.of(args).contains("-h");
    }

    /** What {@code --help} prints. */
    public String help() {
        return commandLine.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /**
     * The options given in {@code args}; those left out are not set.
     *
     * @throws InputException if an option is unknown, lacks its value, or its value is not allowed
     */
    public Configuration parse(String... args) {
        ParseResult result;
        try {
            result = commandLine.parseArgs(args);
        } catch (ParameterException e) {
            throw new InputException(
                    problem(e)
                            + "; "
                            + commandLine.getCommandName()
                            + " --help lists what is allowed",
                    e);
        }
        Configuration configuration = new Configuration();
        int position = 0;
        for (CliOption<?> option : options) {
            if (option.positional()) {
                read(option, result.matchedPositional(position++), configuration);
            } else if (result.hasMatchedOption(option.flag())) {
                read(option, result.matchedOption(option.flag()), configuration);
            }
        }
        return configuration;
    }

    /** In one line, and without values, which may be passwords, or pieces of one. */
    private static String problem(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched.getUnmatched());
        }
        return error.getMessage().replace('\n', ' ').replaceAll("'(--[\\w-]+)=[^']*'", "'$1'");
    }

    private static String unmatched(List<String> words) {
        List<String> names = words.stream().filter(word -> word.startsWith("--")).toList();
        List<String> parts = new ArrayList<>();
        if (!names.isEmpty()) {
            parts.add(
                    names.stream()
                            .map(name -> name.replaceFirst("=.*", ""))
                            .collect(
                                    Collectors.joining(
                                            ", ",
                                            names.size() == 1
                                                    ? "unknown option "
                                                    : "unknown options ",
                                            "")));
        }
        int others = words.size() - names.size();
        if (others > 0) {
            parts.add(
                    (others == 1 ? "1 word that belongs" : others + " words that belong")
                            + " to no option (a value with blanks needs quotes)");
        }
        return String.join(" and ", parts);
    }

    private static <T> void read(
            CliOption<T> option, ArgSpec matched, Configuration configuration) {
        try {
            configuration.set(option.option(), option.reader().apply(matched.stringValues()));
        } catch (InputException e) {
            throw new InputException(option.flag() + " " + e.getMessage(), e);
        }
    }

    private static PositionalParamSpec toPositional(CliOption<?> option, int position) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(position))
                .required(true)
                .type(String.class)
                .arity("1")
                .paramLabel(option.placeholder())
                .description(meaning(option))
                .build();
    }

    private static OptionSpec toSpec(CliOption<?> option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.flag()).description(meaning(option));
        if (option.placeholder() == null) {
            return builder.type(boolean.class).build();
        }
        if (option.repeatable()) {
            return builder.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .paramLabel(option.placeholder())
                    .build();
        }
        return builder.type(String.class).arity("1").paramLabel(option.placeholder()).build();
    }

    private static String meaning(CliOption<?> option) {
        return option.meaning().replace("%", "%%");
    }
}
