// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

/** What happens on a source that cannot be read or a picture that cannot be decoded. */
public enum OnError {
    /** The job ends with one line, and does not restart. */
    FAIL,
    /** It is left out, counted and reported; the rest goes on. */
    SKIP
}
