// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Segments on the network; they are immutable. */
public final class SegmentTypeSerializer extends TypeSerializerSingleton<Segment> {

    static final SegmentTypeSerializer INSTANCE = new SegmentTypeSerializer();

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public Segment createInstance() {
        return new Segment.RangeDone("", 0, 0);
    }

    @Override
    public Segment copy(Segment from) {
        return from;
    }

    @Override
    public Segment copy(Segment from, Segment reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Segment segment, DataOutputView target) throws IOException {
        SegmentSerializer.write(segment, target);
    }

    @Override
    public Segment deserialize(DataInputView source) throws IOException {
        return SegmentSerializer.read(source);
    }

    @Override
    public Segment deserialize(Segment reuse, DataInputView source) throws IOException {
        return SegmentSerializer.read(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        SegmentSerializer.write(SegmentSerializer.read(source), target);
    }

    @Override
    public TypeSerializerSnapshot<Segment> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Nothing to configure. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Segment> {

        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
