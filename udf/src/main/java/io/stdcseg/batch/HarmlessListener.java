// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.batch;

/**
 * Keeps the failures of a listener from the batches: they are its own. They go to the thread's
 * handler for what nobody catches, which logs them, and the thread goes on.
 */
final class HarmlessListener implements BatchListener {

    private final BatchListener listener;

    HarmlessListener(BatchListener listener) {
        this.listener = listener;
    }

    @Override
    public void processed(int size, long waitedNanos, long processedNanos) {
        try {
            listener.processed(size, waitedNanos, processedNanos);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    @Override
    public void shrunk(int from, int to) {
        try {
            listener.shrunk(from, to);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private static void report(RuntimeException failure) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
}
