// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Time in which a job has failed again and again and not run for long in between, by what Flink's
 * REST interface tells.
 *
 * @param failures in a row; 0 for a job that runs
 * @param seconds since the first of them
 */
record Outage(int failures, double seconds) {

    private static final Outage NONE = new Outage(0, 0);

    /** So long Flink waits at most between two restarts, unless it is told otherwise. */
    private static final double LONGEST_DELAY = 60;

    /** So many in a row are no accident, however soon they came; Flink tells of the last 16. */
    private static final int MANY = 10;

    /**
     * The outage that lasts.
     *
     * @param job answer to {@code /jobs/ID}
     * @param exceptions answer to {@code /jobs/ID/exceptions}
     * @param stall seconds for which a job has to run to be out of it
     */
    static Outage of(JsonNode job, JsonNode exceptions, double stall) {
        double now = job.get("now").asDouble() / 1e3;
        double since = job.get("timestamps").get(job.get("state").asText()).asDouble() / 1e3;
        if (isRunning(job) && now - since >= stall) {
            return NONE;
        }
        int failures = 0;
        double first = since;
        for (JsonNode failure : exceptions.get("exceptionHistory").get("entries")) {
            double time = failure.get("timestamp").asDouble() / 1e3;
            if (first - time >= stall + LONGEST_DELAY) {
                break;
            }
            first = time;
            failures++;
        }
        return failures == 0 ? NONE : new Outage(failures, now - first);
    }

    /** Whether all tasks do; Flink says so of jobs that wait for a slot, too. */
    static boolean isRunning(JsonNode job) {
        if (!job.get("state").asText().equals("RUNNING")) {
            return false;
        }
        for (JsonNode vertex : job.get("vertices")) {
            String status = vertex.get("status").asText();
            if (!status.equals("RUNNING") && !status.equals("FINISHED")) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody should look: one failure is Flink's to mend, however long that takes. */
    boolean isLong(double stall) {
        return failures > 1 && (seconds >= stall || failures >= MANY);
    }
}
