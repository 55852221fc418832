// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

/**
 * End of a run that did not fail.
 *
 * @param kind how it ended
 * @param exitCode what the process should exit with
 */
public record RunEnd(Kind kind, int exitCode) {

    /** Kind of a run's end. */
    public enum Kind {
        /** It is complete. */
        COMPLETE,
        /** It was complete before. */
        NOTHING_TO_DO,
        /** It was interrupted; what it had done is published, and another job can go on with it. */
        PUBLISHED,
        /** It was interrupted; another job can go on from its last checkpoint. */
        KEPT,
        /** It was interrupted before there was anything to keep. */
        NOTHING_DONE
    }
}
