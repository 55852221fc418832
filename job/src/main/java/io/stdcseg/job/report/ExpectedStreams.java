// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.report;

import io.stdcseg.function.score.StreamTotals;
import java.io.Serializable;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Streams that a run is to come to the ends of.
 *
 * @param sources of those that are known beforehand, by name
 * @param endless whether there may always be more
 */
public record ExpectedStreams(TreeMap<String, String> sources, boolean endless)
        implements Serializable {

    /** Where a stream comes from; of one whose end was not announced only this says so. */
    String source(StreamTotals stream) {
        return sources.getOrDefault(stream.stream(), stream.source());
    }

    /** Whether a run that ends with these totals was drained before it had come to all ends. */
    boolean isInterrupted(RunTotals totals) {
        Set<String> ended =
                totals.streams().stream()
                        .filter(stream -> stream.source() != null)
                        .map(StreamTotals::stream)
                        .collect(Collectors.toSet());
        return endless || !ended.containsAll(sources.keySet());
    }
}
