// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Says how far a long piece of work is: a line that is rewritten on a terminal, a new line every
 * ten seconds elsewhere.
 */
final class Progress implements AutoCloseable {

    /** Whether the standard error is a terminal: {@code scripts/stdc} knows. */
    private static final String TERMINAL = "stdc.terminal";

    /**
     * How far the work is.
     *
     * @param done frames done
     * @param total frames expected; 0 where unknown
     */
    record State(long done, long total) {}

    private final PrintStream out;
    private final boolean terminal;
    private final Supplier<State> state;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService timer;
    private ScheduledFuture<?> ticks;

    private Progress(PrintStream out, boolean terminal, Supplier<State> state) {
        this.out = out;
        this.terminal = terminal;
        this.state = state;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "progress");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** Begins to print, on the standard error, what {@code state} says until closed. */
    static Progress start(Supplier<State> state) {
        Progress progress = new Progress(System.err, Boolean.getBoolean(TERMINAL), state);
        progress.start();
        return progress;
    }

    /** One line: frames done of total, frames per second, time left. */
    static String line(State state, Duration elapsed) {
        double seconds = elapsed.toNanos() / 1e9;
        double rate = seconds > 0 ? state.done() / seconds : 0;
        StringBuilder line = new StringBuilder();
        line.append(state.done());
        if (state.total() > 0) {
            line.append(" of ").append(state.total());
        }
        line.append(String.format(Locale.ROOT, " frames, %.1f frames/s", rate));
        if (state.total() > state.done() && rate > 0) {
            long left = Math.round((state.total() - state.done()) / rate);
            line.append(String.format(Locale.ROOT, ", %d:%02d left", left / 60, left % 60));
        }
        return line.toString();
    }

    private void start() {
        long period = terminal ? 1 : 10;
        ticks = timer.scheduleWithFixedDelay(this::print, period, period, TimeUnit.SECONDS);
    }

    private void print() {
        State now = state.get();
        if (now != null) {
            String line = line(now, Duration.ofNanos(System.nanoTime() - start));
            out.print(terminal ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
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
}
