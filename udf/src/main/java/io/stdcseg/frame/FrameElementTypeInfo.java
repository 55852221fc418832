// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Flink type of streams that carry pixels, or markers among them. */
public final class FrameElementTypeInfo extends OpaqueTypeInfo<FrameElement> {

    private static final long serialVersionUID = 1L;

    public static final FrameElementTypeInfo INSTANCE = new FrameElementTypeInfo();

    private FrameElementTypeInfo() {
        super(FrameElement.class, Serializer.INSTANCE);
    }

    /**
     * Serializer that passes elements on as they are within a chain, and refuses to write them
     * anywhere: pixels are native memory with one owner, and megabytes each.
     */
    static final class Serializer extends TypeSerializerSingleton<FrameElement> {

        private static final long serialVersionUID = 1L;

        static final Serializer INSTANCE = new Serializer();

        @Override
        public boolean isImmutableType() {
            return true;
        }

        @Override
        public FrameElement createInstance() {
            return null;
        }

        @Override
        public FrameElement copy(FrameElement from) {
            return from;
        }

        @Override
        public FrameElement copy(FrameElement from, FrameElement reuse) {
            return from;
        }

        @Override
        public int getLength() {
            return -1;
        }

        @Override
        public void serialize(FrameElement element, DataOutputView target) {
            throw refusal();
        }

        @Override
        public FrameElement deserialize(DataInputView source) {
            throw refusal();
        }

        @Override
        public FrameElement deserialize(FrameElement reuse, DataInputView source) {
            throw refusal();
        }

        @Override
        public void copy(DataInputView source, DataOutputView target) {
            throw refusal();
        }

        private static UnsupportedOperationException refusal() {
            return new UnsupportedOperationException(
                    "frames must stay in the chain of operators that decoded them: chain the"
                        + " operator that reads them (same parallelism, forward edge, chaining not"
                        + " disabled)");
        }

        @Override
        public TypeSerializerSnapshot<FrameElement> snapshotConfiguration() {
            return new Snapshot();
        }

        /** Snapshot of the serializer: nothing is ever written, so there is nothing to remember. */
        public static final class Snapshot extends SimpleTypeSerializerSnapshot<FrameElement> {

            public Snapshot() {
                super(() -> INSTANCE);
            }
        }
    }
}
