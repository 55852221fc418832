// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.window.StreamTime;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.ConfidenceCounts;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.metric.PixelCounts;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.flink.api.common.accumulators.DoubleCounter;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Scoring of frames: compares masks with labels where there are any, and each with the one before
 * it, and tells of every frame and marker; the elements themselves pass unchanged. Runs in the task
 * that has the pixels; what it tells is small.
 */
public final class ScoreFunction extends ProcessFunction<FrameElement, FrameElement>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    /** Frames with their counts, and markers; in the order of the elements. */
    public static final OutputTag<StreamEvent> EVENTS =
            new OutputTag<>("events", TypeInformation.of(StreamEvent.class));

    /** How long each frame took. */
    public static final OutputTag<FrameTiming> TIMINGS =
            new OutputTag<>("timings", TypeInformation.of(FrameTiming.class));

    /** What classes each frame's mask is of, where that is asked for. */
    public static final OutputTag<ClassPixels> PIXELS =
            new OutputTag<>("pixels", TypeInformation.of(ClassPixels.class));

    /** Accumulator: frames segmented so far, in all attempts of a task together. */
    public static final String FRAMES = "frames";

    /** Accumulator: frames that the containers of started ranges announce. */
    public static final String EXPECTED_FRAMES = "expectedFrames";

    /** Accumulator: how many streams those ranges are, of one that is cut its part. */
    public static final String EXPECTED_STREAMS = "expectedStreams";

    private final LabelFolders labels;
    private final LabelSet labelSet;
    private final ScoreOptions options;
    private final LongCounter frames = new LongCounter();
    private final LongCounter expectedFrames = new LongCounter();
    private final DoubleCounter expectedStreams = new DoubleCounter();
    private transient LabelFolders.Stores stores;
    private transient PixelCounter counter;
    private transient MaskPairs pairs;
    private transient ListState<LatestMask> latest;

    /**
     * @param labels where label pictures lie
     * @param labelSet what the ids in masks and labels mean
     */
    public ScoreFunction(LabelFolders labels, LabelSet labelSet) {
        this(labels, labelSet, ScoreOptions.DEFAULT);
    }

    /**
     * @param labels where label pictures lie
     * @param labelSet what the ids in masks and labels mean
     */
    public ScoreFunction(LabelFolders labels, LabelSet labelSet, ScoreOptions options) {
        this.labels = labels;
        this.labelSet = labelSet;
        this.options = options;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        // As the source's, so that a range and its latest mask come back to the same subtask; with
        // another parallelism they may not, and the range lacks a pair.
        latest =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("latestMasks", LatestMask.class));
        pairs = new MaskPairs(labelSet.size(), options.every());
        for (LatestMask mask : latest.get()) {
            pairs.restore(mask);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        latest.update(pairs.snapshot());
    }

    @Override
    public void open(OpenContext context) throws Exception {
        getRuntimeContext().addAccumulator(FRAMES, frames);
        getRuntimeContext().addAccumulator(EXPECTED_FRAMES, expectedFrames);
        getRuntimeContext().addAccumulator(EXPECTED_STREAMS, expectedStreams);
        counter = new PixelCounter(labelSet.size(), options.boundary());
        try {
            stores = labels.open(labelSet);
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    @Override
    public void processElement(FrameElement element, Context context, Collector<FrameElement> out)
            throws Exception {
        if (element instanceof SegmentedFrame segmented) {
            Frame frame = segmented.frame();
            context.output(EVENTS, StreamEvent.of(score(segmented)));
            context.output(
                    TIMINGS,
                    new FrameTiming(
                            System.currentTimeMillis(),
                            System.nanoTime() - frame.decodedNanos(),
                            segmented.batchSize(),
                            segmented.networkNanos()));
            if (options.pixels()) {
                context.output(PIXELS, ClassPixels.of(segmented, labelSet.size()));
            }
            frames.add(1);
        } else {
            if (element instanceof RangeStart start && start.expectedFrames() > 0) {
                expectedFrames.add(start.expectedFrames());
                expectedStreams.add(1.0 / start.ranges());
            }
            pairs.pass(element);
            context.output(EVENTS, StreamEvent.of(element));
        }
        out.collect(element);
    }

    private FrameScore score(SegmentedFrame segmented) {
        Frame frame = segmented.frame();
        return new FrameScore(
                frame.stream(),
                frame.range(),
                frame.index(),
                StreamTime.nanos(frame.pts(), frame.info().timeBase()),
                counts(segmented),
                segmented.inputHeight(),
                pairs.add(segmented).toLongs());
    }

    private long[] counts(SegmentedFrame segmented) {
        try {
            LabelStore store = stores.ofStream(segmented.stream());
            Path file = store == null ? null : store.find(segmented.frame());
            if (file == null) {
                return null;
            }
            PixelCounts counts = new PixelCounts(labelSet.size());
            Mask mask = segmented.mask();
            ByteBuffer labelled = store.read(file, mask.width(), mask.height());
            counter.count(mask.width(), labelled, mask.ids(), counts);
            if (segmented.confidence() != null) {
                ConfidenceCounts confidence = new ConfidenceCounts();
                confidence.countHighest(segmented.confidence().highest(), labelled, mask.ids());
                counts.addConfidence(confidence);
            }
            return counts.toLongs();
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }
}
