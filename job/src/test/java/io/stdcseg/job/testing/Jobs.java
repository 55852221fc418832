// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;

/** Jobs that run in a cluster of this process. */
public final class Jobs {

    private Jobs() {}

    /**
     * Cancels a job and waits until it has ended, however it did. A job that is only told to end
     * goes on writing, into folders that a test's end removes.
     */
    public static void cancel(JobClient job) throws ExecutionException, InterruptedException {
        job.cancel().get();
        job.getJobExecutionResult().handle((result, failure) -> null).get();
    }
}
