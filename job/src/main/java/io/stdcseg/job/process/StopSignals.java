// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Handler of the signals that ask a process to end (Ctrl-C, SIGTERM, a closed terminal): the first
 * one asks the work to stop, while the JVM goes on as it is; a second one ends the process at once.
 *
 * <p>A shutdown hook cannot do either: all hooks run side by side, Flink's and the log's among
 * them, and while they do a second signal waits.
 */
public final class StopSignals implements AutoCloseable {

    /** By convention of shells, of a process that a signal ended. */
    private static final int EXIT_CODES = 128;

    /** {@code timeout} and others signal a process, and its group as well: one wish, not two. */
    private static final Duration ONE_WISH = Duration.ofMillis(300);

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final Runnable stop;
    private final Map<Signal, SignalHandler> before = new HashMap<>();
    private Signal first;
    private long firstNanos;

    private StopSignals(Runnable stop) {
        this.stop = stop;
    }

    /**
     * Handles the signals until it is closed.
     *
     * @param stop asks the work, in a thread of its own; at most once
     */
    public static StopSignals asking(Runnable stop) {
        StopSignals signals = new StopSignals(stop);
        for (String name : NAMES) {
            try {
                Signal signal = new Signal(name);
                signals.before.put(signal, Signal.handle(signal, signals::receive));
            } catch (IllegalArgumentException e) {
                // The system does not have it, or keeps it for itself: it does what it always does.
                continue;
            }
        }
        return signals;
    }

    /** Every signal comes in a thread of its own. */
    private void receive(Signal signal) {
        synchronized (this) {
            if (first != null) {
                if (System.nanoTime() - firstNanos > ONE_WISH.toNanos()) {
                    Runtime.getRuntime().halt(EXIT_CODES + signal.getNumber());
                }
                return;
            }
            first = signal;
            firstNanos = System.nanoTime();
        }
        stop.run();
    }

    /** What the process should exit with; 0 if no signal came. */
    public synchronized int exitCode() {
        return first == null ? 0 : EXIT_CODES + first.getNumber();
    }

    /** From here on signals do what they did before. */
    @Override
    public void close() {
        before.forEach(Signal::handle);
    }
}
