// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Progress of a long piece of work on the standard error: a line that is rewritten on a terminal, a
 * new line every ten seconds elsewhere.
 */
public final class ProgressLine implements AutoCloseable {

    /** Whether the standard error is a terminal: {@code scripts/stdc} knows. */
    private static final String TERMINAL = "stdc.terminal";

    private final PrintStream out;
    private final boolean terminal;
    private final Supplier<String> line;
    private final ScheduledExecutorService timer;
    private ScheduledFuture<?> ticks;

    private ProgressLine(PrintStream out, boolean terminal, Supplier<String> line) {
        this.out = out;
        this.terminal = terminal;
        this.line = line;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "progress");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Begins to print, on the standard error, what {@code state} says until closed. */
    public static ProgressLine start(Supplier<State> state) {
        return showing(new Lines(state, System::nanoTime));
    }

    /**
     * Begins to print lines, on the standard error, until closed.
     *
     * @param line what there is to say now; null if nothing
     */
    public static ProgressLine showing(Supplier<String> line) {
        ProgressLine progress = new ProgressLine(System.err, Boolean.getBoolean(TERMINAL), line);
        progress.start();
        return progress;
    }

    /** One line: what is being started; else frames done of total, per second, and time left. */
    static String line(State state, Duration elapsed) {
        if (state.starting() != null) {
            return state.starting();
        }
        double seconds = elapsed.toNanos() / 1e9;
        double rate = seconds > 0 ? state.done() / seconds : 0;
        StringBuilder line = new StringBuilder();
        line.append(state.done());
        if (state.total() > 0) {
            line.append(" of ").append(state.total());
        }
        line.append(String.format(Locale.ROOT, " frames, %.1f frames/s", rate));
        if (state.total() > state.done() && rate > 0) {
            line.append(", ").append(left((state.total() - state.done()) / rate));
        }
        return line.toString();
    }

    /** Time left as a clock shows it. */
    public static String left(double seconds) {
        long left = Math.round(seconds);
        return left < 3600
                ? String.format(Locale.ROOT, "%d:%02d left", left / 60, left % 60)
                : String.format(
                        Locale.ROOT, "%d:%02d:%02d left", left / 3600, left / 60 % 60, left % 60);
    }

    private void start() {
        long period = terminal ? 1 : 10;
        long delay = terminal ? 0 : period;
        ticks = timer.scheduleWithFixedDelay(this::print, delay, period, TimeUnit.SECONDS);
    }

    private void print() {
        String now = line.get();
        if (now != null) {
            out.print(terminal ? "\r" + now + "\u001b[K" : now + System.lineSeparator());
            out.flush();
        }
    }

    @Override
    public void close() {
        ticks.cancel(false);
        timer.shutdownNow();
        if (terminal) {
            out.print("\r\u001b[K");
        }
    }

    /**
     * State of the work: what it is starting, or how far it is.
     *
     * @param starting what is being started before the first frame; null from there on
     * @param done frames done
     * @param total frames expected; 0 where unknown
     */
    public record State(String starting, long done, long total) {

        /** Frames are being done. */
        public State(long done, long total) {
            this(null, done, total);
        }

        /** Something is being started. */
        public static State starting(String what) {
            return new State(what, 0, 0);
        }
    }

    /** Lines for states; time counts from the last one in which something was being started. */
    static final class Lines implements Supplier<String> {

        private final Supplier<State> states;
        private final LongSupplier nanoTime;
        private long start;

        /**
         * @param nanoTime as {@link System#nanoTime()}
         */
        Lines(Supplier<State> states, LongSupplier nanoTime) {
            this.states = states;
            this.nanoTime = nanoTime;
            this.start = nanoTime.getAsLong();
        }

        @Override
        public String get() {
            State state = states.get();
            if (state == null) {
                return null;
            }
            if (state.starting() != null) {
                start = nanoTime.getAsLong();
            }
            return line(state, Duration.ofNanos(nanoTime.getAsLong() - start));
        }
    }
}
