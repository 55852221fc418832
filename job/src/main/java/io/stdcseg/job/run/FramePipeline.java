// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.frames.FrameChooser;
import io.stdcseg.job.output.frames.FrameEvent;
import io.stdcseg.job.output.frames.FrameWriter;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.label.LabelSet;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Topology of the job, the frames that are worth a look: written where the pixels are, chosen by
 * one task.
 *
 * <pre>
 * -- SegmentedFrame --> write kept frames -- the same --> {@link OutputPipeline}
 *                                         == FrameEvent, and ends of streams ==> choose frames
 * </pre>
 */
final class FramePipeline {

    private static final TypeInformation<FrameEvent> FRAME_EVENT =
            TypeInformation.of(FrameEvent.class);

    private final int count;
    private final LabelSet labels;
    private final OutputFolder folder;
    private final SourceSpec sources;

    /**
     * @param count how many are kept; 0 for none: nothing is added
     */
    FramePipeline(int count, LabelSet labels, OutputFolder folder, SourceSpec sources) {
        this.count = count;
        this.labels = labels;
        this.folder = folder;
        this.sources = sources;
    }

    /** Adds the writer behind the scored frames, all of which it passes on. */
    SingleOutputStreamOperator<FrameElement> write(
            SingleOutputStreamOperator<FrameElement> scored) {
        if (count == 0) {
            return scored;
        }
        return scored.transform(
                        "write kept frames",
                        FrameElementTypeInfo.INSTANCE,
                        new FrameWriter(folder, labels, count))
                .uid("write-kept-frames");
    }

    /**
     * Adds the chooser behind the writer.
     *
     * @param ended totals of streams that came to their ends
     * @return nothing but an end, when the frames are there; null where none is kept
     */
    DataStream<Void> choose(
            SingleOutputStreamOperator<FrameElement> written, DataStream<StreamTotals> ended) {
        if (count == 0) {
            return null;
        }
        return written.getSideOutput(FrameWriter.KEPT)
                .union(
                        ended.map(FrameEvent::of, FRAME_EVENT)
                                .name("ends for kept frames")
                                .uid("kept-frames-ends")
                                .setParallelism(1))
                .transform(
                        "choose frames",
                        Types.VOID,
                        new FrameChooser(folder, sources.names(), sources.watched().any(), count))
                .uid("choose-frames")
                .setParallelism(1);
    }
}
