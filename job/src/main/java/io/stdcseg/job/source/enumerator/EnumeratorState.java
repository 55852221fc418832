// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.split.VideoSplit;
import java.util.List;

/**
 * What a checkpoint keeps of the enumerator.
 *
 * @param unassigned splits that no reader has, in the order they will be handed out
 */
public record EnumeratorState(List<VideoSplit> unassigned) {

    public EnumeratorState {
        unassigned = List.copyOf(unassigned);
    }
}
