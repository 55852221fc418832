// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameQuality;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.window.StreamTime;
import io.stdcseg.label.LabelSet;
import io.stdcseg.metric.ConfidenceCounts;
import io.stdcseg.metric.MaskCounts;
import io.stdcseg.metric.PixelCounter;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Scores;
import java.nio.ByteBuffer;
import java.nio.file.Path;
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
 * it, and tells of every frame and marker; the elements themselves pass unchanged, but for the
 * quality that a frame's mask has where that is asked for. Runs in the task that has the pixels;
 * what it tells is small.
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

    private final LabelFolders labels;
    private final LabelSet labelSet;
    private final ScoreOptions options;
    private transient ProgressCounts progress;
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
        progress = new ProgressCounts(context.getOperatorStateStore());
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        latest.update(pairs.snapshot());
        progress.snapshot();
    }

    @Override
    public void open(OpenContext context) throws Exception {
        progress.register(getRuntimeContext());
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
            FrameScore score = score(segmented);
            context.output(EVENTS, StreamEvent.of(score));
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
            progress.addFrame();
            out.collect(options.quality() ? segmented.with(quality(score)) : segmented);
        } else {
            progress.pass(element);
            pairs.pass(element);
            context.output(EVENTS, StreamEvent.of(element));
            out.collect(element);
        }
    }

    private FrameQuality quality(FrameScore score) {
        Scores scores =
                score.labelled()
                        ? Scores.of(PixelCounts.fromLongs(score.counts()))
                        : Scores.none(labelSet.size());
        MaskCounts masks = MaskCounts.fromLongs(score.masks());
        return new FrameQuality(
                scores.miou(),
                scores.pixelAccuracy(),
                masks.stability(),
                masks.temporalConsistency(),
                masks.uncertainShare());
    }

    private FrameScore score(SegmentedFrame segmented) {
        Frame frame = segmented.frame();
        ByteBuffer labelled = label(segmented);
        PixelCounts counts = labelled == null ? null : counts(segmented, labelled);
        return new FrameScore(
                frame.stream(),
                frame.range(),
                frame.index(),
                StreamTime.nanos(frame.pts(), frame.info().timeBase()),
                counts == null ? null : counts.toLongs(),
                segmented.inputHeight(),
                pairs.add(segmented).toLongs(),
                segmented.weights(),
                segmented.shadow() == null ? null : shadow(segmented, labelled));
    }

    /** The label of a frame; null if it has none. */
    private ByteBuffer label(SegmentedFrame segmented) {
        try {
            LabelStore store = stores.ofStream(segmented.stream());
            Path file = store == null ? null : store.find(segmented.frame());
            Mask mask = segmented.mask();
            return file == null ? null : store.read(file, mask.width(), mask.height());
        } catch (InputException e) {
            throw new SuppressRestartsException(e);
        }
    }

    private PixelCounts counts(SegmentedFrame segmented, ByteBuffer labelled) {
        PixelCounts counts = count(labelled, segmented.mask());
        if (segmented.confidence() != null) {
            ConfidenceCounts confidence = new ConfidenceCounts();
            confidence.countHighest(
                    segmented.confidence().highest(), labelled, segmented.mask().ids());
            counts.addConfidence(confidence);
        }
        return counts;
    }

    private ShadowCounts shadow(SegmentedFrame segmented, ByteBuffer labelled) {
        Mask first = segmented.mask();
        Mask second = segmented.shadow();
        boolean scored = labelled != null;
        return new ShadowCounts(
                1,
                count(first.ids(), second).toLongs(),
                scored ? 1 : 0,
                scored ? count(labelled, first).toLongs() : null,
                scored ? count(labelled, second).toLongs() : null);
    }

    private PixelCounts count(ByteBuffer labelled, Mask mask) {
        PixelCounts counts = new PixelCounts(labelSet.size());
        counter.count(mask.width(), labelled, mask.ids(), counts);
        return counts;
    }
}
