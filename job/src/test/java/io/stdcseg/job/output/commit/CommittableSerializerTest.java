// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.StreamInfo.ColorMetadata;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommittableSerializerTest {

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

    static Stream<Committable> committables() {
        return Stream.of(
                new Committable.Segment(
                        3, 40, ".staging-1/x.mp4", 12, -7, 90000, 93003, 3003, INFO, true, null),
                new Committable.Segment(
                        3, 40, ".staging-1/x.mp4", 12, -7, 90000, 93003, 3003, INFO, true, "0a1b"),
                new Committable.RangeDone("drive", 3, 52),
                new Committable.StreamDone("drive", 4, null),
                new Committable.StreamDone("drive", 0, "it does not exist"));
    }

    @ParameterizedTest
    @MethodSource("committables")
    void readsWhatItWrote(Committable committable) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(16);
        CommittableSerializer.INSTANCE.serialize(committable, out);
        DataOutputSerializer copied = new DataOutputSerializer(16);
        CommittableSerializer.INSTANCE.copy(
                new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        assertThat(
                        CommittableSerializer.INSTANCE.deserialize(
                                new DataInputDeserializer(copied.getCopyOfBuffer())))
                .isEqualTo(committable);
    }

    /** As states of earlier jobs have it: without the step from frame to frame. */
    @Test
    void readsASegmentAsItOnceWas() throws IOException {
        DataOutputSerializer now = new DataOutputSerializer(16);
        Committable.Segment segment =
                new Committable.Segment(3, 40, "x.mp4", 11, 0, 50, 54, 5, INFO, true, null);
        CommittableSerializer.write(segment, now);
        byte[] bytes = now.getCopyOfBuffer();
        int step = 1 + Integer.BYTES + Long.BYTES + 2 + segment.file().length() + 4 * Long.BYTES;
        DataOutputSerializer once = new DataOutputSerializer(16);
        once.writeByte(0);
        once.write(bytes, 1, step - 1);
        once.write(bytes, step + Long.BYTES, bytes.length - step - Long.BYTES - 1);

        assertThat(CommittableSerializer.read(new DataInputDeserializer(once.getCopyOfBuffer())))
                .isEqualTo(segment);
    }

    /** As states have it that were taken before weights could change. */
    @Test
    void readsASegmentWithoutWeights() throws IOException {
        DataOutputSerializer now = new DataOutputSerializer(16);
        Committable.Segment segment =
                new Committable.Segment(3, 40, "x.mp4", 11, 0, 50, 54, 5, INFO, true, null);
        CommittableSerializer.write(segment, now);
        byte[] bytes = now.getCopyOfBuffer();
        bytes[0] = 3;

        assertThat(
                        CommittableSerializer.read(
                                new DataInputDeserializer(bytes, 0, bytes.length - 1)))
                .isEqualTo(segment);
    }

    @Test
    void refusesOtherKinds() {
        assertThatThrownBy(
                        () -> CommittableSerializer.read(new DataInputDeserializer(new byte[] {9})))
                .hasMessage("segment of kind 9; 0 to 4 are known");
    }
}
