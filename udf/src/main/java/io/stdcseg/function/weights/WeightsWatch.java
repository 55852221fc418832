// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.weights;

import java.io.Serializable;
import java.time.Duration;

/**
 * Watch over weights: where new ones appear, and where a job keeps those that it has taken up.
 *
 * @param path file or folder, as the JobManager sees it
 * @param folder for copies, which all machines of the job see
 * @param patience how long a file has to stay the same: somebody still writes what has not
 */
public record WeightsWatch(String path, String folder, Duration patience) implements Serializable {

    /** The usual patience. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);
}
