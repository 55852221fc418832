// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.options;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Rational;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reader of frame rates, exact: as a number, a fraction, or one of television's such as 29.97. */
final class FrameRates {

    private static final Pattern FRACTION = Pattern.compile("(\\d{1,9})/(\\d{1,9})");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,4}(?:\\.(\\d{1,6}))?");

    private static final double LEAST = 0.01;
    private static final double MOST = 1000;

    /** Ticks of a second are numbered so in video files. */
    private static final int LARGEST_NUMERATOR = 1_000_000;

    /** Television shows 1000 of 1001 of these, and says so with two or three decimals. */
    private static final List<Integer> TELEVISION = List.of(12, 15, 24, 30, 48, 60, 120, 240);

    private FrameRates() {}

    /**
     * Reads pictures per second.
     *
     * @throws InputException if it is not between 0.01 and 1000, or is finer than can be written
     */
    static Rational parse(String text) {
        Rational rate = read(text.trim());
        if (rate == null || rate.value() < LEAST || rate.value() > MOST) {
            throw new InputException(
                    "'"
                            + text
                            + "' is not allowed; 0.01 to 1000 pictures per second are, such as 25,"
                            + " 29.97 or 30000/1001");
        }
        return rate;
    }

    private static Rational read(String text) {
        Matcher fraction = FRACTION.matcher(text);
        if (fraction.matches()) {
            return reduced(Long.parseLong(fraction.group(1)), Long.parseLong(fraction.group(2)));
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (!decimal.matches()) {
            return null;
        }
        int digits = decimal.group(1) == null ? 0 : decimal.group(1).length();
        double value = Double.parseDouble(text);
        if (digits >= 2) {
            for (int whole : TELEVISION) {
                if (Math.abs(whole * 1000 / 1001.0 - value) <= 0.5 * Math.pow(10, -digits)) {
                    return new Rational(whole * 1000, 1001);
                }
            }
        }
        return reduced(
                Long.parseLong(text.replace(".", "")), BigInteger.TEN.pow(digits).longValue());
    }

    /** Null without a value, and where it is too fine. */
    private static Rational reduced(long numerator, long denominator) {
        if (numerator == 0 || denominator == 0) {
            return null;
        }
        long divisor =
                BigInteger.valueOf(numerator).gcd(BigInteger.valueOf(denominator)).longValue();
        long ticks = numerator / divisor;
        return ticks > LARGEST_NUMERATOR
                ? null
                : new Rational((int) ticks, Math.toIntExact(denominator / divisor));
    }
}
