// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.choice;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verdict on a candidate: how it did in its trial.
 *
 * @param agreement share of pixels that have the class of the plain computation; 0 if there is no
 *     mask
 * @param millis of one call on one thread; 0 if it was not timed
 * @param reason in one line, what happened unless it passed
 */
record Verdict(Outcome outcome, double agreement, double millis, String reason) {

    private static final Pattern TEXT =
            Pattern.compile("([A-Z]+) ([0-9.E+-]+) ([0-9.E+-]+) (.*)", Pattern.DOTALL);

    private static final Pattern INNERMOST =
            Pattern.compile("(?s)Traceback.*\\RRuntimeError: (.+)");

    /** Outcome of a trial. */
    enum Outcome {
        /** Computes what it should. */
        PASSED,
        /** Says that it cannot: most often, that the processor lacks something. */
        UNABLE,
        /** Ended its process. */
        CRASHED,
        /** Did not end. */
        HUNG,
        /** Computes something else. */
        WRONG
    }

    static Verdict passed(double agreement, double millis) {
        return new Verdict(Outcome.PASSED, agreement, millis, "");
    }

    static Verdict failed(Outcome outcome, String reason) {
        return new Verdict(outcome, 0, 0, reason);
    }

    /**
     * Of an engine that says itself what it lacks: TorchScript does so beneath a trace of many
     * lines.
     */
    static Verdict unable(Throwable error) {
        String message = String.valueOf(error.getMessage());
        Matcher innermost = INNERMOST.matcher(message);
        String said = innermost.find() ? innermost.group(1) : message;
        return failed(Outcome.UNABLE, "says " + said);
    }

    boolean passed() {
        return outcome == Outcome.PASSED;
    }

    /** Whether a user should hear of it: a processor that lacks something is nothing unusual. */
    boolean alarming() {
        return outcome != Outcome.PASSED && outcome != Outcome.UNABLE;
    }

    /** One line that {@link #parse} reads. */
    String text() {
        return String.format(
                Locale.ROOT, "%s %.5f %.3f %s", outcome, agreement, millis, oneLine(reason));
    }

    static Optional<Verdict> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Verdict(
                            Outcome.valueOf(matcher.group(1)),
                            Double.parseDouble(matcher.group(2)),
                            Double.parseDouble(matcher.group(3)),
                            matcher.group(4)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
