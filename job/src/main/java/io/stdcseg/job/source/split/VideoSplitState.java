// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.split;

/** A split being read: moves on with every frame that is emitted. Owned by the task's thread. */
public final class VideoSplitState {

    private final VideoSplit split;
    private SplitProgress progress;

    public VideoSplitState(VideoSplit split) {
        this.split = split;
        this.progress = split.progress();
    }

    public void moveTo(SplitProgress reached) {
        this.progress = reached;
    }

    /** What a checkpoint keeps. */
    public VideoSplit toSplit() {
        return split.at(progress);
    }
}
