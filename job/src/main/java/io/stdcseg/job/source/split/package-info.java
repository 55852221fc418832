// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
/** A range of a stream, and how far it has been read. */
package io.stdcseg.job.source.split;
