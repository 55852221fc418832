// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.health;

import java.util.Locale;

/**
 * Health of a job that has not ended.
 *
 * @param id Flink's, 32 hexadecimal digits
 * @param seconds how long it has waited, made no progress or kept restarting; 0 otherwise
 * @param status name of what the job is doing, such as {@code RESTARTING}, mostly Flink's
 */
public record JobHealth(String id, String name, State state, double seconds, String status) {

    /** What a job does. */
    public enum State {
        /** Frames come and go. */
        WORKS,
        /** There is nothing to do: no video to read, no picture from any camera. */
        WAITS,
        /** There is work, and nothing comes of it. */
        STALLED,
        /** It fails again and again. */
        RESTARTS,
        /** It is not running yet, or is about to end; Flink sees to it. */
        CHANGES
    }

    /** Whether nobody needs to do anything. */
    public boolean isHealthy() {
        return state != State.STALLED && state != State.RESTARTS;
    }

    /** Whether a new start of the cluster may help: what restarts already does not need it. */
    public boolean isAlive() {
        return state != State.STALLED;
    }

    /** One line for people. */
    @Override
    public String toString() {
        String does =
                switch (state) {
                    case WORKS -> "works";
                    case WAITS -> "waits for input for " + Math.round(seconds) + " s";
                    case STALLED -> "makes no progress for " + Math.round(seconds) + " s";
                    case RESTARTS -> "keeps restarting for " + Math.round(seconds) + " s";
                    case CHANGES -> "is " + status.toLowerCase(Locale.ROOT);
                };
        return name + " (" + id + ") " + does;
    }
}
