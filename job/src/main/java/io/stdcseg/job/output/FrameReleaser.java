// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output;

import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.telemetry.Durations;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Operator that gives pixels back, at the end of frames that are written nowhere. */
public final class FrameReleaser extends AbstractStreamOperator<Void>
        implements OneInputStreamOperator<FrameElement, Void> {

    private transient Durations endToEnd;

    @Override
    public void open() throws Exception {
        super.open();
        endToEnd = WriterMetrics.endToEnd(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<FrameElement> record) {
        if (record.getValue() instanceof SegmentedFrame frame) {
            endToEnd.add(WriterMetrics.sinceDecoded(frame.frame()));
            frame.close();
        } else if (record.getValue() instanceof Frame frame) {
            frame.close();
        }
    }
}
