// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.telemetry.Durations;
import io.stdcseg.job.output.DraftFolder;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.label.LabelSet;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Operator that writes the frames that may be worth a look, and passes all of them on. Runs in the
 * task that has the pixels, and keeps what is worst of those that it sees; {@link FrameChooser}
 * hears of it before each barrier, and has the last word.
 *
 * <p>It has no state: after a restore it begins to compare anew, and writes more than it has to.
 */
public final class FrameWriter extends AbstractStreamOperator<FrameElement>
        implements OneInputStreamOperator<FrameElement, FrameElement>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    /** What it tells {@link FrameChooser}. */
    public static final OutputTag<FrameEvent> KEPT =
            new OutputTag<>("kept frames", TypeInformation.of(FrameEvent.class));

    /** Histogram: looking at a frame, and writing it or the one before if it may be kept. */
    static final String KEEPING_MICROS = "keepingMicros";

    private final OutputFolder folder;
    private final LabelSet labels;
    private final int count;
    private transient DraftFolder staged;
    private transient FrameDrafts drafts;
    private transient TimeBuckets buckets;
    private transient int toldLevel;
    private transient Durations keeping;

    /**
     * @param labels what masks mean
     * @param count how many frames a run keeps, at least 1
     */
    public FrameWriter(OutputFolder folder, LabelSet labels, int count) {
        this.folder = folder;
        this.labels = labels;
        this.count = count;
    }

    @Override
    public void open() throws Exception {
        super.open();
        staged = DraftFolder.open(folder, "frames", this);
        drafts = new FrameDrafts(folder, staged.path(), labels);
        buckets = new TimeBuckets(FrameChooser.buckets(count));
        toldLevel = buckets.level();
        keeping = Durations.register(getMetricGroup(), KEEPING_MICROS);
    }

    @Override
    public void processElement(StreamRecord<FrameElement> record) throws Exception {
        if (record.getValue() instanceof SegmentedFrame frame) {
            long start = System.nanoTime();
            try {
                consider(frame);
            } catch (IOException | RuntimeException e) {
                frame.close();
                throw e;
            }
            keeping.add(System.nanoTime() - start);
        }
        output.collect(record);
    }

    private void consider(SegmentedFrame segmented) throws IOException {
        KeptFrame frame = KeptFrame.of(segmented);
        if (frame.worth() == null) {
            return;
        }
        List<KeptFrame> out = buckets.add(frame);
        for (KeptFrame other : out) {
            drafts.remove(other);
        }
        if (!out.contains(frame)) {
            drafts.add(frame, segmented);
        }
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        tell();
    }

    @Override
    public void endInput() throws Exception {
        tell();
    }

    private void tell() throws IOException, InterruptedException {
        if (buckets.level() > toldLevel) {
            toldLevel = buckets.level();
            output.collect(KEPT, new StreamRecord<>(FrameEvent.of(toldLevel)));
        }
        for (KeptFrame frame : drafts.takeAll()) {
            output.collect(KEPT, new StreamRecord<>(FrameEvent.of(frame)));
        }
    }

    @Override
    public void close() throws Exception {
        if (drafts != null) {
            drafts.close();
        }
        if (staged != null) {
            staged.close();
        }
        super.close();
    }
}
