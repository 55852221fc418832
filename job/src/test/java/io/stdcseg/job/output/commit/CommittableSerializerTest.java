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
                        3, 40, ".staging-1/x.mp4", 12, -7, 90000, 93003, INFO, true),
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

    @Test
    void refusesOtherKinds() {
        assertThatThrownBy(
                        () -> CommittableSerializer.read(new DataInputDeserializer(new byte[] {9})))
                .hasMessage("segment of kind 9; 0 to 2 are known");
    }
}
