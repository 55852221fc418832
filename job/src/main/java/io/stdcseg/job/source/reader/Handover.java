// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.video.decode.VideoRange;
import java.util.List;
import org.apache.flink.api.connector.source.SourceOutput;

/** Hand-over from the decoding thread to the task's thread. */
sealed interface Handover {

    /** Passes it on, and moves the split's state with it. Runs in the task's thread. */
    void emit(SourceOutput<FrameElement> output, VideoSplit.State state);

    /** Gives back the pixels of what will not be emitted. */
    default void release() {}

    /** Elements that are emitted together, and how far the split is read once they are. */
    record Elements(List<FrameElement> elements, SplitProgress reached) implements Handover {

        @Override
        public void emit(SourceOutput<FrameElement> output, VideoSplit.State state) {
            for (FrameElement element : elements) {
                output.collect(element);
            }
            state.moveTo(reached);
        }

        @Override
        public void release() {
            for (FrameElement element : elements) {
                if (element instanceof Frame frame) {
                    frame.close();
                }
            }
        }
    }

    /** The ranges of a stream that was uncut. */
    record Ranges(List<VideoRange> extents) implements Handover {

        @Override
        public void emit(SourceOutput<FrameElement> output, VideoSplit.State state) {
            state.found(extents);
        }
    }
}
