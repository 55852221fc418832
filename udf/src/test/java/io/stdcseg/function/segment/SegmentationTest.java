// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.picture.Picture;
import io.stdcseg.testing.FakeSegmenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SegmentationTest {

    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS.withBatches(2, Duration.ofHours(1));

    private static final FakeSegmenter SEGMENTER = new FakeSegmenter("cpu");

    private static final SharedNetworks NETWORKS =
            new SharedNetworks(
                    new SharedNetworks.Opener() {
                        @Override
                        public List<String> devices(SegmenterOptions options) {
                            return List.of("cpu");
                        }

                        @Override
                        public Segmenter open(SegmenterOptions options, String device) {
                            return SEGMENTER;
                        }
                    });

    /** Two pixels; the fake takes each one's red for its class. */
    private static Picture picture(int left, int right) {
        return new Picture(2, 1, new byte[] {(byte) left, 0, 0, (byte) right, 0, 0});
    }

    @Test
    void elementsGetTheMasksOfTheirPicturesInOrder() throws Exception {
        TypeInformation<Tuple2<String, Picture>> type =
                Types.TUPLE(Types.STRING, TypeInformation.of(Picture.class));
        MapFunction<Tuple2<String, Picture>, Picture> ofElement = element -> element.f1;
        try (var harness =
                new OneInputStreamOperatorTestHarness<
                        Tuple2<String, Picture>, Tuple2<Tuple2<String, Picture>, PictureMask>>(
                        new AsyncBatchOperatorFactory<>(
                                new PictureFunction<>(OPTIONS, type, ofElement, () -> NETWORKS),
                                4))) {
            harness.getExecutionConfig().enableObjectReuse();
            TypeInformation<Tuple2<Tuple2<String, Picture>, PictureMask>> segmented =
                    Types.TUPLE(type, TypeInformation.of(PictureMask.class));
            harness.setup(
                    segmented.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
            harness.open();
            Tuple2<String, Picture> reused = Tuple2.of("a", picture(1, 2));
            harness.processElement(new StreamRecord<>(reused, 10));
            reused.setFields("b", picture(3, 3));
            harness.processElement(new StreamRecord<>(reused, 20));
            reused.setFields("c", picture(4, 4));
            harness.processElement(new StreamRecord<>(reused, 30));

            // The third waits for a batch of two, which the barrier does not.
            harness.prepareSnapshotPreBarrier(1);

            assertThat(harness.extractOutputValues())
                    .extracting(element -> element.f0.f0)
                    .containsExactly("a", "b", "c");
            assertThat(harness.extractOutputValues())
                    .extracting(element -> element.f1.ids())
                    .containsExactly(new byte[] {1, 2}, new byte[] {3, 3}, new byte[] {4, 4});
            // Two workers may take them, and neither waits for the other.
            assertThat(SEGMENTER.batches).containsExactlyInAnyOrder(2, 1);
        }
        SEGMENTER.closed.get(30, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStreamOfPicturesIsSegmentedByTheDefaultWeights(boolean objectReuse) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, objectReuse);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(1);
        Segmentation segmentation =
                Segmentation.of(SegmenterOptions.DEFAULTS.withPrecision("fp32").withThreads(1));
        int classes = segmentation.labels().size();

        List<double[]> shares = new ArrayList<>();
        try (CloseableIterator<double[]> results =
                segmentation
                        .pictures(env.fromData(new Picture(64, 48, new byte[3 * 64 * 48])))
                        .map(segmented -> segmented.f1.shares(classes))
                        .executeAndCollect()) {
            results.forEachRemaining(shares::add);
        }

        assertThat(shares).hasSize(1);
        assertThat(Arrays.stream(shares.get(0)).sum()).isEqualTo(1);
    }

    @Test
    void aMaskTellsTheSharesOfItsClasses() {
        PictureMask mask = new PictureMask(4, 1, new byte[] {0, 2, 2, (byte) 255});
        assertThat(mask.shares(3)).containsExactly(0.25, 0, 0.5);
        assertThatThrownBy(() -> new PictureMask(4, 2, new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 ids for a mask of 4x2");
    }

    @Test
    void weightsOfSeveralNetworksTravelOnceEach() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        CachedWeights.takeAlong(env, SegmenterOptions.DEFAULTS);
        CachedWeights.takeAlong(env, SegmenterOptions.DEFAULTS.withWeights("/a.pth"));
        CachedWeights.takeAlong(env, SegmenterOptions.DEFAULTS.withWeights("/b.pth"));
        CachedWeights.takeAlong(env, SegmenterOptions.DEFAULTS.withWeights("/a.pth"));
        assertThat(env.getCachedFiles())
                .extracting(file -> file.f1.filePath)
                .containsExactly("/a.pth", "/b.pth");
    }

    @Test
    void unusableWeightsAreSaidBeforeTheJobRuns() {
        assertThatThrownBy(() -> Segmentation.of(SegmenterOptions.DEFAULTS.withWeights("no.pth")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no.pth");
    }
}
