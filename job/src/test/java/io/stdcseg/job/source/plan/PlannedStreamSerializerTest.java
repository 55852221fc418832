// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.Rational;
import io.stdcseg.job.testing.Streams;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlannedStreamSerializerTest {

    private final PlannedStreamSerializer serializer = new PlannedStreamSerializer();

    static Stream<PlannedStream> streams() {
        Rational rate = new Rational(30_000, 1001);
        return Stream.of(
                Streams.video("drive"),
                Streams.pictures("städte", "aachen/1.png", "aachen/2.png"),
                Streams.pictures("even", PictureTiming.even(rate), "1.png", "2.png"),
                Streams.pictures(
                        "timed", new PictureTiming(rate, List.of(0L, 1L << 40)), "1.png", "2.png"),
                Streams.unreadable("gone", "source 'gone' does not exist"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void readsWhatItWrote(PlannedStream stream) throws IOException {
        PlannedStream read =
                serializer.deserialize(serializer.getVersion(), serializer.serialize(stream));

        assertThat(read).isEqualTo(stream).hasSameHashCodeAs(stream);
    }

    /** A checkpoint holds the pictures of every stream being read. */
    @Test
    void longSequencesStaySmall() throws IOException {
        String[] names =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> String.format(Locale.ROOT, "frankfurt_000000_%06d.png", i))
                        .toArray(String[]::new);
        List<Long> ticks = LongStream.range(0, names.length).mapToObj(i -> 2 * i).toList();
        PlannedStream stream =
                Streams.pictures(
                        "frankfurt_000000", new PictureTiming(new Rational(17, 1), ticks), names);

        byte[] bytes = serializer.serialize(stream);

        assertThat(bytes).hasSizeLessThan(8 * names.length);
        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(stream);
    }

    @Test
    void refusesOtherVersions() {
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessage("stream of version 2 cannot be read; version 1 is known");
    }
}
