// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.function.ThrowingRunnable;

/**
 * Lets work end tidily when somebody ends the process (Ctrl-C, SIGTERM): its thread is interrupted,
 * and the JVM waits until the work has cleaned up and closed this. Work that takes too long over it
 * is cleaned up after.
 */
final class Termination implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 10;

    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final ThrowingRunnable<IOException> cleanUp;
    private final Thread hook;

    private Termination(Thread worker, ThrowingRunnable<IOException> cleanUp) {
        this.cleanUp = cleanUp;
        this.hook = new Thread(() -> end(worker), "termination");
    }

    /**
     * Watches over what the calling thread does until it closes this.
     *
     * @param cleanUp removes what the work leaves, should it not do so in time; the process ends
     *     after it
     */
    static Termination ofThisThread(ThrowingRunnable<IOException> cleanUp) {
        Termination termination = new Termination(Thread.currentThread(), cleanUp);
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    private void end(Thread worker) {
        worker.interrupt();
        try {
            if (!cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
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
