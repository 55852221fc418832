// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentSerializerTest {

    private static final StreamInfo INFO =
            new StreamInfo(
                    "drive",
                    "/v/drive.mp4",
                    1280,
                    720,
                    90,
                    new Rational(1, 90000),
                    new Rational(30000, 1001),
                    new Rational(4, 3),
                    new ColorMetadata(1, 2, 9, true));

    static Stream<Segment> segments() {
        return Stream.of(
                new Segment.Piece(3, 40, ".staging-1/x.mp4", 12, -7, 90000, 93003, INFO, true),
                new Segment.RangeDone("drive", 3, 52),
                new Segment.StreamDone("drive", 4, null),
                new Segment.StreamDone("drive", 0, "it does not exist"));
    }

    @ParameterizedTest
    @MethodSource("segments")
    void readsWhatItWrote(Segment segment) throws IOException {
        SegmentSerializer serializer = new SegmentSerializer();
        assertThat(serializer.deserialize(1, serializer.serialize(segment))).isEqualTo(segment);

        DataOutputSerializer out = new DataOutputSerializer(16);
        SegmentTypeSerializer.INSTANCE.serialize(segment, out);
        DataOutputSerializer copied = new DataOutputSerializer(16);
        SegmentTypeSerializer.INSTANCE.copy(
                new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        assertThat(
                        SegmentTypeSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(copied.getCopyOfBuffer())))
                .isEqualTo(segment);
    }

    @Test
    void committerStateReadsBack() throws IOException {
        CommitterState.Serializer serializer = new CommitterState.Serializer();
        CommitterState state =
                new CommitterState(7, Set.of(".staging-1", ".staging-2"), segments().toList());

        assertThat(serializer.deserialize(2, serializer.serialize(state))).isEqualTo(state);
        assertThat(serializer.deserialize(2, serializer.serialize(empty()))).isEqualTo(empty());
    }

    @Test
    void theFirstVersionOfCommitterStateIsRead() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(1000);
        out.writeInt(1);
        out.writeUTF(".staging-1");
        List<Segment> segments = segments().toList();
        out.writeInt(segments.size());
        for (Segment segment : segments) {
            SegmentSerializer.write(segment, out);
        }

        assertThat(new CommitterState.Serializer().deserialize(1, out.getCopyOfBuffer()))
                .isEqualTo(new CommitterState(0, Set.of(".staging-1"), segments));
    }

    @Test
    void refusesOtherVersions() {
        assertThatThrownBy(() -> new SegmentSerializer().deserialize(9, new byte[0]))
                .hasMessage("segment of version 9 cannot be read; version 1 is known");
        assertThatThrownBy(() -> new CommitterState.Serializer().deserialize(9, new byte[0]))
                .hasMessage("committer state of version 9 cannot be read; 1 and 2 are known");
    }

    private static CommitterState empty() {
        return new CommitterState(7, Set.of(), List.of());
    }
}
