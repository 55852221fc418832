// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

/** What a stream's frames come from. */
public enum StreamKind {
    /** One video file. */
    VIDEO,
    /** Picture files, in order. */
    PICTURES,
    /** Nothing: planning found that it cannot be read. */
    UNREADABLE
}
