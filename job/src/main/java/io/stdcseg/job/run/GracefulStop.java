// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stop of a job that may go on later: first a savepoint of where it is, then an end of all its
 * input, so that every operator publishes what it has as if its sources ended there.
 *
 * <p>The savepoint is taken before that end: with what an end makes of windows and streams nobody
 * could go on.
 */
final class GracefulStop {

    private static final Logger LOG = LoggerFactory.getLogger(GracefulStop.class);

    private final JobClient job;
    private final Path savepoints;
    private final Path unneeded;
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * @param savepoints folder for the savepoint to go on from
     * @param unneeded folder for the one that Flink takes behind the end, from which nobody could
     */
    GracefulStop(JobClient job, Path savepoints, Path unneeded) {
        this.job = job;
        this.savepoints = savepoints;
        this.unneeded = unneeded;
    }

    /** Stops the job, and returns when that is over; a job that cannot be stopped is cancelled. */
    void run() {
        try {
            job.triggerSavepoint(text(savepoints), SavepointFormatType.CANONICAL).get();
            job.stopWithSavepoint(true, text(unneeded), SavepointFormatType.CANONICAL).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            // Its tasks have not all started, have just failed, or have ended by themselves.
            LOG.info("the job cannot be stopped, and is cancelled", e);
            cancel();
        } finally {
            over.countDown();
        }
    }

    private static String text(Path folder) {
        return folder.toUri().toString();
    }

    private void cancel() {
        try {
            job.cancel().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            LOG.info("there is no job to cancel any more", e);
        }
    }

    /** Waits until the stop, which has begun, is over. */
    void await() throws InterruptedException {
        over.await();
    }
}
