// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.enumerator;

import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.WatchState;
import io.stdcseg.job.source.split.VideoSplit;
import java.util.List;

/**
 * State of the enumerator in a checkpoint.
 *
 * @param unassigned splits that no reader has, in the order they will be handed out
 * @param uncut streams that readers have and have not told the ranges of
 * @param watch what a watch has taken up
 */
public record EnumeratorState(
        List<VideoSplit> unassigned, List<PlannedStream> uncut, WatchState watch) {

    public EnumeratorState {
        unassigned = List.copyOf(unassigned);
        uncut = List.copyOf(uncut);
    }

    /** Where nothing was taken up by a watch. */
    public EnumeratorState(List<VideoSplit> unassigned, List<PlannedStream> uncut) {
        this(unassigned, uncut, WatchState.EMPTY);
    }
}
