// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Shutdown hook that lets work end tidily when somebody ends the process (Ctrl-C, SIGTERM): it is
 * told to stop, and the JVM waits until the work has cleaned up and closed this. Work that takes
 * too long over it is cleaned up after.
 */
public final class Termination implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Duration patience;
    private final ThrowingRunnable<IOException> cleanUp;
    private final Thread hook;

    private Termination(Runnable stop, Duration patience, ThrowingRunnable<IOException> cleanUp) {
        this.patience = patience;
        this.cleanUp = cleanUp;
        this.hook = new Thread(() -> end(stop), "termination");
    }

    /**
     * Watches over what the calling thread does, which is interrupted, until it closes this.
     *
     * @param cleanUp removes what the work leaves, should it not do so in time; the process ends
     *     after it
     */
    public static Termination ofThisThread(ThrowingRunnable<IOException> cleanUp) {
        return begin(new Termination(Thread.currentThread()::interrupt, PATIENCE, cleanUp));
    }

    /**
     * Watches over work that stops when it is asked to, until it closes this. It leaves nothing to
     * clean up.
     *
     * @param stop asks it, from another thread
     * @param patience how long it may take
     */
    public static Termination asking(Runnable stop, Duration patience) {
        return begin(new Termination(stop, patience, () -> {}));
    }

    private static Termination begin(Termination termination) {
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    private void end(Runnable stop) {
        stop.run();
        try {
            if (!cleanedUp.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                cleanUp.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("stdc: unfinished files remain: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        cleanedUp.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already, and the hook has been told.
        }
    }
}
