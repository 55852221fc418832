// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.List;
import java.util.Optional;

/** A segmenter whose network may be called alone, so that both can be timed. */
public interface TimedSegmenter extends Segmenter {

    /**
     * The network alone, on these pictures as it sees them.
     *
     * @return empty where it cannot be told from the rest; the caller closes it
     */
    Optional<BareNetwork> network(List<SegmentRequest> pictures);
}
