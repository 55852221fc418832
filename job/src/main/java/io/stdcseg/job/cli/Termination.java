// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end tidily when somebody ends the process (Ctrl-C, SIGTERM): its thread is interrupted,
 * and the JVM waits until the work has cleaned up and closed this, for a while.
 */
final class Termination implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch cleanedUp = new CountDownLatch(1);
    private final Thread hook;

    private Termination(Thread worker) {
        hook = new Thread(() -> end(worker), "termination");
    }

    /** Watches over what the calling thread does until it closes this. */
    static Termination ofThisThread() {
        Termination termination = new Termination(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    private void end(Thread worker) {
        worker.interrupt();
        try {
            cleanedUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
