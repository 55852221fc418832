// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import io.stdcseg.frame.Rational;
import java.io.Serializable;
import java.util.List;

/**
 * Timing of a picture sequence: at which tick of a fixed rate each of its pictures is shown.
 *
 * @param rate ticks per second
 * @param ticks of the pictures, from 0, each above the one before; empty for a picture a tick
 */
public record PictureTiming(Rational rate, List<Long> ticks) implements Serializable {

    /**
     * Pictures per second where nobody says how fast they were taken: that of the labelled road
     * scenes most of them come from.
     */
    public static final Rational USUAL_RATE = new Rational(15, 1);

    public PictureTiming {
        if (rate.numerator() <= 0) {
            throw new IllegalArgumentException("rate " + rate + " is not above 0");
        }
        ticks = List.copyOf(ticks);
        for (int i = 0; i < ticks.size(); i++) {
            long least = i == 0 ? 0 : ticks.get(i - 1) + 1;
            if (ticks.get(i) < least || i == 0 && ticks.get(i) > 0) {
                throw new IllegalArgumentException(
                        "tick " + ticks.get(i) + " of picture " + i + " does not rise from 0");
            }
        }
    }

    /** A picture a tick. */
    public static PictureTiming even(Rational rate) {
        return new PictureTiming(rate, List.of());
    }

    /** Seconds per tick. */
    public Rational timeBase() {
        return new Rational(rate.denominator(), rate.numerator());
    }

    /** When picture {@code number} is shown. */
    public long tick(int number) {
        return ticks.isEmpty() ? number : ticks.get(number);
    }

    /** How many ticks picture {@code number} is shown; the last one as long as the one before. */
    public long duration(int number) {
        if (ticks.size() < 2) {
            return 1;
        }
        int next = Math.min(number + 1, ticks.size() - 1);
        return ticks.get(next) - ticks.get(next - 1);
    }

    /** Pictures per second where no picture is missing: what the closest two are apart. */
    public Rational frameRate() {
        long step = Long.MAX_VALUE;
        for (int i = 1; i < ticks.size(); i++) {
            step = Math.min(step, ticks.get(i) - ticks.get(i - 1));
        }
        return ticks.size() < 2
                ? rate
                : new Rational(rate.numerator(), Math.toIntExact(rate.denominator() * step));
    }

    /** When picture {@code number} is shown, in seconds. */
    public double time(int number) {
        return seconds(tick(number));
    }

    /** How long so many pictures are shown, in seconds. */
    public double length(int pictures) {
        return pictures == 0 ? 0 : seconds(tick(pictures - 1) + duration(pictures - 1));
    }

    private double seconds(long ticks) {
        return ticks * (double) rate.denominator() / rate.numerator();
    }
}
