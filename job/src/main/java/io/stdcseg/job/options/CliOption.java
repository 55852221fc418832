// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.error.InputException;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.HtmlFormatter;

/**
 * Command-line option: a Flink option together with how it is written, {@code --key VALUE}, or
 * {@code --key} for a flag.
 *
 * @param option key, default and meaning
 * @param placeholder what stands for the value in the help; null for a flag
 * @param positional whether it is written without the key, by its place among others of the kind
 * @param repeatable whether the option may be given more than once; its type is then a list
 * @param reader turns the texts given into the option's type; throws {@link InputException}
 */
public record CliOption<T>(
        ConfigOption<T> option,
        String placeholder,
        boolean positional,
        boolean repeatable,
        Function<List<String>, T> reader) {

    /** An option that is written with its key. */
    public CliOption(
            ConfigOption<T> option,
            String placeholder,
            boolean repeatable,
            Function<List<String>, T> reader) {
        this(option, placeholder, false, repeatable, reader);
    }

    /** An option with one value. */
    public static <T> CliOption<T> of(
            ConfigOption<T> option, String placeholder, Function<String, T> reader) {
        return new CliOption<>(option, placeholder, false, texts -> reader.apply(texts.get(0)));
    }

    /** An option whose value is taken as it stands. */
    public static CliOption<String> text(ConfigOption<String> option, String placeholder) {
        return of(option, placeholder, Function.identity());
    }

    /** What a command cannot do without: a value by its place, which the key stands for. */
    public static CliOption<String> positional(ConfigOption<String> option) {
        return new CliOption<>(option, option.key(), true, false, texts -> texts.get(0));
    }

    /** An option whose value is a whole number. */
    public static CliOption<Integer> integer(ConfigOption<Integer> option, String placeholder) {
        return of(option, placeholder, OptionValues.integer(Integer.MIN_VALUE));
    }

    /** An option whose value is a whole number from {@code least}. */
    public static CliOption<Integer> integer(
            ConfigOption<Integer> option, String placeholder, int least) {
        return of(option, placeholder, OptionValues.integer(least));
    }

    /** An option whose value is a whole number from {@code least} to {@code most}. */
    public static CliOption<Integer> integer(
            ConfigOption<Integer> option, String placeholder, int least, int most) {
        return of(option, placeholder, OptionValues.integer(least, most));
    }

    /** An option whose value is a whole number of any length. */
    public static CliOption<Long> wholeNumber(ConfigOption<Long> option, String placeholder) {
        return of(option, placeholder, OptionValues::wholeNumber);
    }

    /** An option whose value is a number. */
    public static CliOption<Double> number(ConfigOption<Double> option, String placeholder) {
        return of(option, placeholder, OptionValues.number(Double::isFinite, "a number"));
    }

    /** An option whose value is a number from {@code least}. */
    public static CliOption<Double> number(
            ConfigOption<Double> option, String placeholder, double least) {
        String meaning = "a number from " + least;
        return of(
                option,
                placeholder,
                OptionValues.number(value -> value >= least && Double.isFinite(value), meaning));
    }

    /** An option whose value is a constant of {@code type}, as users write it. */
    public static <E extends Enum<E>> CliOption<E> oneOf(
            ConfigOption<E> option, Class<E> type, String placeholder) {
        return of(option, placeholder, OptionValues.oneOf(type));
    }

    /** An option without a value: true where it stands. */
    public static CliOption<Boolean> flag(ConfigOption<Boolean> option) {
        return new CliOption<>(option, null, false, texts -> true);
    }

    /** The one of {@code options} that reads {@code option}. */
    static CliOption<?> in(List<CliOption<?>> options, ConfigOption<?> option) {
        return options.stream()
                .filter(cli -> cli.option().equals(option))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no option " + option));
    }

    /** The same option in other words, for a command that uses it in its own way. */
    public CliOption<T> withMeaning(String sentences) {
        return new CliOption<>(
                option.withDescription(sentences), placeholder, positional, repeatable, reader);
    }

    /** What it does, in sentences. */
    public String meaning() {
        return new HtmlFormatter().format(option.description());
    }

    /** As it is written: {@code --key}; what stands for it where it is none. */
    public String flag() {
        return positional ? placeholder : "--" + option.key();
    }

    /**
     * The value of an option that a command cannot do without.
     *
     * @throws InputException if it is missing; one line that names it
     */
    public static <T> T required(Configuration options, ConfigOption<T> option) {
        return options.getOptional(option)
                .orElseThrow(() -> new InputException("--" + option.key() + " is missing"));
    }
}
