// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.testing;

import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.testing.CountingAllocator;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Stands in for the network: every frame gets a mask of one class. Opens the {@link
 * CheckpointGate}, and fails once at a frame if told to.
 */
public final class ConstantMasks extends AbstractStreamOperator<FrameElement>
        implements OneInputStreamOperator<FrameElement, FrameElement> {

    private static final AtomicBoolean FAILED = new AtomicBoolean();

    private final byte id;
    private final long failAt;
    private transient Frames frames;

    /**
     * @param failAt index of the frame at which the first attempt fails; -1 for none
     */
    public ConstantMasks(int id, long failAt) {
        this.id = (byte) id;
        this.failAt = failAt;
    }

    /** Makes the next job fail again. */
    public static void reset() {
        FAILED.set(false);
    }

    public static boolean failed() {
        return FAILED.get();
    }

    @Override
    public void open() throws Exception {
        super.open();
        CheckpointGate.open(false);
        frames = new Frames(new BufferPool(4, new CountingAllocator()));
    }

    @Override
    public void processElement(StreamRecord<FrameElement> record) {
        if (record.getValue() instanceof Frame frame) {
            if (frame.index() == failAt && FAILED.compareAndSet(false, true)) {
                frame.close();
                CheckpointGate.open(true);
                throw new IllegalStateException("injected at " + frame);
            }
            output.collect(new StreamRecord<>(frames.segmented(frame, id)));
        } else {
            output.collect(record);
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        CheckpointGate.completed();
    }
}
