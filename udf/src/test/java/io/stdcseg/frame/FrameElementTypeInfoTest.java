// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.FrameElement.RangeEnd;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class FrameElementTypeInfoTest {

    private final TypeSerializer<FrameElement> serializer =
            FrameElementTypeInfo.INSTANCE.createSerializer(new SerializerConfigImpl());
    private final FrameElement element = new RangeEnd("clip", 0, 1, 0);

    @Test
    void copiesAreTheElementItself() {
        assertThat(serializer.copy(element)).isSameAs(element);
        assertThat(serializer.copy(element, null)).isSameAs(element);
    }

    @Test
    void pixelsThatLeaveTheirChainAreAMistakeThatShows() {
        assertThatThrownBy(() -> serializer.serialize(element, new DataOutputSerializer(1)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageStartingWith("frames must stay in the chain of operators");
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer()))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSnapshotGivesTheSerializerBack() {
        assertThat(serializer.snapshotConfiguration().restoreSerializer()).isEqualTo(serializer);
    }
}
