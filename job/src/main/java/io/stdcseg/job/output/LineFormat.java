// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

/** Format of files of lines. */
public enum LineFormat {
    /** JSON objects. */
    JSONL,
    /** Comma-separated values below a line of names (RFC 4180). */
    CSV;

    /** Ending of the files' names. */
    String suffix() {
        return this == JSONL ? ".jsonl" : ".csv";
    }
}
