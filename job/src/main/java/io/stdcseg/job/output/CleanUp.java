// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import java.io.IOException;
import org.apache.flink.util.function.ThrowingRunnable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleaning up when a task is closed: what fails is said and no more. For an exception there Flink
 * ends the whole process, with all other jobs' tasks; and what stays is removed by the next
 * attempt, or by the next job.
 */
public final class CleanUp {

    private static final Logger LOG = LoggerFactory.getLogger(CleanUp.class);

    private CleanUp() {}

    /** Takes a step. */
    public static void attempt(ThrowingRunnable<IOException> step) {
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("not cleaned up: {}", e.toString());
        }
    }
}
