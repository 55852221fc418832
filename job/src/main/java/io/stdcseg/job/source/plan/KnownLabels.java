// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import java.io.Serializable;

/** Labels of a stream that were found where its data set has them: their folder, and the set. */
public record KnownLabels(String folder, RecordingSet set) implements Serializable {}
