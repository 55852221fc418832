// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import java.io.Serializable;
import java.time.Duration;
import java.util.Set;

/**
 * Adaptation of a job to its load: which streams' frames the network may see at a lower height so
 * that none of them waits for too long.
 *
 * @param streams names of live streams, whose frames are old once they have waited
 * @param lag how long a frame may wait
 */
public record Adaptation(Set<String> streams, Duration lag) implements Serializable {

    /** All frames are seen at the network's own height. */
    public static final Adaptation NONE = new Adaptation(Set.of(), Duration.ZERO);

    public Adaptation {
        streams = Set.copyOf(streams);
    }
}
