// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.error.InputException;
import io.stdcseg.store.StorePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Readers of option values; each names the text it could not read and what is allowed. */
final class OptionValues {

    private static final Pattern CLOCK =
            Pattern.compile("(?:(\\d{1,6}):)?(\\d{1,2}):(\\d{1,2}(?:\\.\\d+)?)");
    private static final Pattern AMOUNT =
            Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)\\s*(ms|s|sec|min|m|h)?");

    private OptionValues() {}

    /**
     * A value as users write it; of equal values the same text, of a file from whichever folder it
     * is named.
     */
    static String text(Object value) {
        if (value instanceof Collection<?> values) {
            return values.stream().map(OptionValues::text).collect(Collectors.joining(","));
        }
        if (value instanceof Duration duration) {
            return duration.toNanos() / 1e9 + "s";
        }
        if (value instanceof Enum<?> constant) {
            return label(constant);
        }
        String text = value.toString();
        return value instanceof String && Files.exists(Path.of(text)) ? absolutePath(text) : text;
    }

    /**
     * A duration in seconds ({@code 2.5}), with a unit ({@code 500ms}, {@code 10s}, {@code 2min})
     * or as a clock shows it.
     */
    static Duration duration(String text) {
        Matcher clock = CLOCK.matcher(text.trim());
        if (clock.matches()) {
            long hours = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
            double seconds =
                    3600.0 * hours
                            + 60.0 * Integer.parseInt(clock.group(2))
                            + Double.parseDouble(clock.group(3));
            return ofSeconds(seconds);
        }
        Matcher amount = AMOUNT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new InputException(
                    "'"
                            + text
                            + "' is not a time; allowed are 10, 2.5s, 500ms, 2min, 1h or"
                            + " 1:02:03.5");
        }
        double number = Double.parseDouble(amount.group(1));
        String unit = amount.group(2) == null ? "s" : amount.group(2);
        return switch (unit) {
            case "ms" -> ofSeconds(number / 1000);
            case "m", "min" -> ofSeconds(number * 60);
            case "h" -> ofSeconds(number * 3600);
            default -> ofSeconds(number);
        };
    }

    /** As {@link #duration}, and longer than nothing. */
    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new InputException("'" + text + "' is no time at all; more than 0 is allowed");
        }
        return duration;
    }

    /** As {@link #duration}, and not below the millisecond by which clocks go. */
    static Duration slide(String text) {
        Duration duration = duration(text);
        if (duration.toMillis() < 1) {
            throw new InputException("'" + text + "' is not allowed; 1ms or longer is");
        }
        return duration;
    }

    /** As {@link #duration}, and not below the 10 ms that Flink needs between checkpoints. */
    static Duration interval(String text) {
        Duration duration = duration(text);
        if (duration.toMillis() < 10) {
            throw new InputException("'" + text + "' is not allowed; 10ms or longer is");
        }
        return duration;
    }

    static Function<String, Integer> integer(int least) {
        return integer(least, Integer.MAX_VALUE);
    }

    static Function<String, Integer> integer(int least, int most) {
        return text -> {
            try {
                int value = Integer.parseInt(text.trim());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // falls through to the message that says what is allowed
            }
            throw new InputException(
                    "'"
                            + text
                            + "' is not allowed; a whole number"
                            + (least == Integer.MIN_VALUE ? "" : " from " + least)
                            + (most == Integer.MAX_VALUE ? "" : " to " + most)
                            + " is");
        };
    }

    static long wholeNumber(String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new InputException("'" + text + "' is not allowed; a whole number is", e);
        }
    }

    static Function<String, Double> number(DoublePredicate allowed, String meaning) {
        return text -> {
            try {
                double value = Double.parseDouble(text.trim());
                if (allowed.test(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // falls through to the message that says what is allowed
            }
            throw new InputException("'" + text + "' is not allowed; " + meaning + " is");
        };
    }

    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        return text -> {
            for (E constant : type.getEnumConstants()) {
                if (label(constant).equals(text.trim().toLowerCase(Locale.ROOT))) {
                    return constant;
                }
            }
            throw new InputException("'" + text + "' is not one of " + labels(type));
        };
    }

    /** The constants of {@code type} as users write them. */
    static <E extends Enum<E>> String labels(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(OptionValues::label)
                .collect(Collectors.joining(", "));
    }

    /**
     * A relative path means the folder of whoever asks, not of the process that does the work. What
     * lies in a store has one name everywhere.
     */
    static String absolutePath(String path) {
        return StorePaths.isStored(path)
                ? path
                : Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Duration ofSeconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
