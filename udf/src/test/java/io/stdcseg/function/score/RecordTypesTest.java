// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.function.score.ScoreWindow.ScorePane;
import io.stdcseg.function.score.StreamEvent.FrameScore;
import io.stdcseg.function.throughput.LatencyHistogram;
import io.stdcseg.function.throughput.ThroughputWindow;
import io.stdcseg.function.throughput.ThroughputWindow.FrameTiming;
import io.stdcseg.function.throughput.ThroughputWindow.ThroughputPane;
import io.stdcseg.function.weights.KeptWeights;
import io.stdcseg.function.weights.WeightsNews;
import io.stdcseg.metric.ConfidenceCounts;
import io.stdcseg.metric.MaskPast;
import io.stdcseg.metric.PixelCounts;
import io.stdcseg.metric.Usual;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What crosses the network or lies in state has a serializer of Flink's own, never Kryo. */
class RecordTypesTest {

    static Stream<Record> records() {
        PixelCounts pixels = PixelCounts.fromLongs(new long[] {-2, 1, 2, 3, 4, 1, 2, 2, 1, 3, 2});
        ConfidenceCounts sure = new ConfidenceCounts();
        sure.countHighest(ByteBuffer.allocate(4), ByteBuffer.allocate(4), ByteBuffer.allocate(4));
        pixels.addConfidence(sure);
        long[] counts = pixels.toLongs();
        LatencyHistogram latencies = new LatencyHistogram();
        latencies.add(20_000_000);
        FrameScore labelled = new FrameScore("a", 1, 2, 3, counts);
        return Stream.of(
                new FrameTiming(3, 1, 2, 1),
                StreamEvent.of(labelled),
                StreamEvent.of(new FrameScore("a", 1, 2, 3, null)),
                StreamEvent.of(new FrameScore("a", 1, 2, 3, null, 0, new long[10])),
                StreamEvent.of(new RangeStart("a", 1, 1, 2)),
                StreamEvent.of(
                        new RangeStart("a", 1, 1, 2)
                                .segmentedBy(
                                        new NetworkInfo(
                                                "m", "0.5", "none", "cpu", "bf16", 2, 1, "f",
                                                "0"))),
                StreamEvent.of(new RangeEnd("a", 1, 2, 3)),
                StreamEvent.of(new StreamEnd("a", "a.mp4", 1, null)),
                StreamEvent.of(new SkippedPicture("a", 0, 7, null, "damaged")),
                new StreamTotals(
                        "a",
                        null,
                        1,
                        2,
                        List.of(new SkippedPicture("a", 0, 7, "b.png", "damaged")),
                        "broken",
                        3,
                        counts),
                new StreamTotals(
                        "a",
                        null,
                        1,
                        2,
                        List.of(),
                        null,
                        3,
                        null,
                        null,
                        new InputHeights(270, 1, Map.of(360, 3L, 270, 4L)),
                        new MaskTotals(new long[10], 3, 2, 1, 0, 0.4, 5, 0.6, 7, 0.8, 9, 1, 2, 3)),
                StreamTotals.empty("a"),
                StreamTotals.empty("a")
                        .madeBy(
                                List.of(new WeightsSpan(0, 1, 2, 7, 5, true, false, "aa")),
                                new ShadowCounts(1, counts, 1, counts, counts)),
                StreamEvent.of(
                        new FrameScore(
                                "a",
                                1,
                                2,
                                3,
                                null,
                                0,
                                new long[10],
                                "aa",
                                new ShadowCounts(1, counts, 0, null, null))),
                new WeightsNews(
                        7,
                        "f.pth",
                        "aa",
                        new NetworkInfo("m", "0.5", "none", "cpu", "bf16", 2, 1, "f", "aa"),
                        null),
                WeightsNews.refused(new KeptWeights("copy", "f.pth", "aa"), "it is text"),
                ScoreWindow.change(
                        new FrameScore("a", 1, 2, 3, null, 0, null, "aa"), List.of("road")),
                new ClassPixels("a", 1, new int[] {2, 3}, 270),
                ScoreWindow.of("a", 0, 1, new ScorePane(1, counts), List.of("road", "car")),
                ScoreWindow.of(
                        "a", 0, 1, new ScorePane(0, null, new long[19]), List.of("road", "car")),
                new ScorePane(1, counts),
                new ScorePane(0, null, new long[10]),
                new LatestMask("a", 0, 7, 1, 2, 1, new byte[] {3, 1}),
                new MaskPast(
                        new double[] {0.5, 0.5},
                        3,
                        new Usual(2, 0.1, 0.01),
                        Usual.NONE,
                        new Usual(3, 0.7, 0.02),
                        new Usual(3, -2.5, 0.1),
                        new double[] {0.25, 0.75},
                        2,
                        new Usual(2, 0.2, 0.01),
                        new Usual(3, 1.5, 0.1)),
                MaskPast.NONE,
                new RangeProgress(2, true, false),
                new StreamProgress(1, new RangeProgress(2, true, false)),
                new ThroughputPane(0.5, latencies),
                ThroughputWindow.of(0, 1000, null));
    }

    @ParameterizedTest
    @MethodSource("records")
    void survivesSerialisationWithoutGenericTypes(Record record) throws IOException {
        assertThat(roundTrip(record))
                .usingRecursiveComparison()
                .withEqualsForType(LatencyHistogram::equals, LatencyHistogram.class)
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(record);
    }

    @Test
    void aTypeThatNeedsKryoWouldBeFoundOut() {
        assertThatThrownBy(() -> roundTrip(new AtomicLong()))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    private static <T> T roundTrip(T value) throws IOException {
        @SuppressWarnings("unchecked") // the class of a T
        Class<T> type = (Class<T>) value.getClass();
        Configuration options = new Configuration();
        options.set(PipelineOptions.GENERIC_TYPES, false);
        TypeSerializer<T> serializer =
                TypeInformation.of(type).createSerializer(new SerializerConfigImpl(options));
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
