// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

import io.stdcseg.video.decode.VideoRange;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;

/**
 * News from a reader to the enumerator: where a stream is cut. The reader keeps the uncut stream
 * until it gets {@link Taken}: news that no checkpoint of the enumerator knows would be lost.
 *
 * @param stream its name
 * @param extents its ranges, in order; none if it does not open
 */
public record StreamRanges(String stream, List<VideoRange> extents) implements SourceEvent {

    private static final long serialVersionUID = 1L;

    public StreamRanges {
        extents = List.copyOf(extents);
    }

    /**
     * Answer of the enumerator: the ranges are its own from here on.
     *
     * @param stream its name
     */
    public record Taken(String stream) implements SourceEvent {

        private static final long serialVersionUID = 1L;
    }
}
