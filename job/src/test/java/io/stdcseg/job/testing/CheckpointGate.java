// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets one thread of a local cluster wait until checkpoints complete in another. */
public final class CheckpointGate {

    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition COMPLETED = LOCK.newCondition();
    private static long count;
    private static boolean open;

    private CheckpointGate() {}

    public static void completed() {
        LOCK.lock();
        try {
            count++;
            COMPLETED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /** Lets everybody pass while a job fails, until it starts again. */
    public static void open(boolean now) {
        LOCK.lock();
        try {
            open = now;
            COMPLETED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    /** Waits for one more completed checkpoint. */
    public static void awaitNext() {
        LOCK.lock();
        try {
            long seen = count;
            long left = TimeUnit.SECONDS.toNanos(60);
            while (count == seen && !open) {
                if (left <= 0) {
                    throw new IllegalStateException(new TimeoutException("no checkpoint"));
                }
                left = COMPLETED.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            LOCK.unlock();
        }
    }
}
