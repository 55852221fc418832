// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.job.source.reader.RangeReader.Handover;
import io.stdcseg.job.source.split.VideoSplitState;
import java.util.Collection;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/** Passes elements on, and moves the split's state with them. Runs in the task's thread. */
final class FrameEmitter implements RecordEmitter<Handover, FrameElement, VideoSplitState> {

    private final Collection<Handover> unemitted;

    FrameEmitter(Collection<Handover> unemitted) {
        this.unemitted = unemitted;
    }

    @Override
    public void emitRecord(
            Handover handover, SourceOutput<FrameElement> output, VideoSplitState state) {
        // From here on the frame is its receiver's.
        unemitted.remove(handover);
        for (FrameElement element : handover.elements()) {
            output.collect(element);
        }
        state.moveTo(handover.reached());
    }
}
