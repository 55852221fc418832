// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.mask;

import io.stdcseg.file.AtomicFile;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.Mask;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.job.output.DraftFolder;
import io.stdcseg.job.output.DurableMoves;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.WriterMetrics;
import io.stdcseg.label.LabelSet;
import io.stdcseg.label.MaskFileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Operator that writes every frame's mask, or how sure the network is of it, to a picture of its
 * own and passes the frame on.
 *
 * <p>A picture appears whole, under its final name, at the latest when the barrier behind it
 * passes: what a checkpoint covers is durable. Written again after a restore, it is the same. Runs
 * in the task that has the pixels, before the video is written.
 */
public final class MaskWriter extends AbstractStreamOperator<FrameElement>
        implements OneInputStreamOperator<FrameElement, FrameElement>, BoundedOneInput {

    private final OutputFolder folder;
    private final boolean confidence;
    private final MaskIds ids;
    private final LabelSet labels;
    private transient DraftFolder staged;
    private transient MaskFileWriter writer;
    private transient DurableMoves moves;
    private transient long written;
    private transient WriterMetrics metrics;

    /**
     * @param ids that pictures hold
     * @param labels what the masks' ids mean
     */
    public MaskWriter(OutputFolder folder, MaskIds ids, LabelSet labels) {
        this(folder, false, ids, labels);
    }

    private MaskWriter(OutputFolder folder, boolean confidence, MaskIds ids, LabelSet labels) {
        this.folder = folder;
        this.confidence = confidence;
        this.ids = ids;
        this.labels = labels;
    }

    /** Writes margins between the two highest scores, 255 for 1, in the place of masks. */
    public static MaskWriter confidence(OutputFolder folder) {
        return new MaskWriter(folder, true, MaskIds.TRAIN, null);
    }

    @Override
    public void open() throws Exception {
        super.open();
        staged = DraftFolder.open(folder, "masks", this);
        writer = ids.writer(labels);
        moves = new DurableMoves("names of masks", folder.resolve(""));
        metrics = WriterMetrics.register(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<FrameElement> record) throws Exception {
        if (record.getValue() instanceof SegmentedFrame frame) {
            try {
                write(frame);
            } catch (IOException | InterruptedException | RuntimeException e) {
                frame.close();
                throw e;
            }
        }
        output.collect(record);
    }

    private void write(SegmentedFrame frame) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Mask mask = frame.mask();
        Path file = staged.path().resolve(written++ + ".png");
        Path target = confidence ? folder.confidence(frame.frame()) : folder.mask(frame.frame());
        ByteBuffer samples = confidence ? frame.confidence().margins() : mask.ids();
        try (OutputStream out = Files.newOutputStream(file)) {
            writer.write(out, mask.width(), mask.height(), samples);
        } catch (IOException e) {
            throw AtomicFile.unwritable(target, e);
        }
        moves.add(file, target);
        metrics.written(frame.frame(), System.nanoTime() - start);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        moves.await();
    }

    @Override
    public void endInput() throws Exception {
        moves.await();
    }

    @Override
    public void close() throws Exception {
        if (moves != null) {
            moves.close();
        }
        if (writer != null) {
            writer.close();
        }
        if (staged != null) {
            staged.close();
        }
        super.close();
    }

    /** Ids that mask pictures hold. */
    public enum MaskIds {
        /** A class's place in the label set, as everything here counts. */
        TRAIN,
        /** What the label set's own label files hold, as servers of data sets take it. */
        LABEL;

        /** Writes masks that hold train ids with these; whoever asks closes it. */
        public MaskFileWriter writer(LabelSet labels) {
            return this == TRAIN ? new MaskFileWriter() : new MaskFileWriter(labels.idsByTrainId());
        }
    }
}
