// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.score.LabelFolders;
import io.stdcseg.function.score.RollingScoreFunction;
import io.stdcseg.function.score.ScoreFunction;
import io.stdcseg.function.score.StreamEvent;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.function.throughput.ThroughputFunction;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.testing.TestFrames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pixel-carrying chain on a real (small) cluster, with checkpoints and a failure. */
@Timeout(120)
class SegmentChainITCase {

    private static final int SLOTS = 2;
    private static final int CAPACITY = 5;
    private static final int FRAMES = 2000;
    private static final int FRAMES_PER_STREAM = 100;

    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS.withBatches(4, Duration.ofMillis(2)).withThreads(1);

    private static final SharedNetworks NETWORKS = new SharedNetworks(new Fakes());

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(SLOTS)
                            .build());

    private static final AtomicBoolean FAILED = new AtomicBoolean();
    private static final CountingAllocator ALLOCATOR = new CountingAllocator();
    private static BufferPool pixels;

    @BeforeEach
    void start() {
        FAILED.set(false);
        pixels = new BufferPool(2 * SLOTS * (CAPACITY + 2), ALLOCATOR);
    }

    @Test
    void everyFrameIsCountedOnceThoughTheJobFailsBetweenCheckpoints() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(1));
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        env.setParallelism(SLOTS);
        env.enableCheckpointing(20);

        List<StreamTotals> totals = new ArrayList<>();
        try (CloseableIterator<StreamTotals> results = pipeline(env).executeAndCollect()) {
            results.forEachRemaining(totals::add);
        }

        assertThat(FAILED).isTrue();
        Map<String, Long> frames = new TreeMap<>();
        totals.forEach(total -> frames.put(total.stream(), total.frames()));
        assertThat(totals).hasSize(FRAMES / FRAMES_PER_STREAM);
        assertThat(frames.values()).containsOnly((long) FRAMES_PER_STREAM);
        assertThat(pixels.lent()).isZero();
    }

    @Test
    void everythingThatTouchesPixelsIsOneTask() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setParallelism(SLOTS);
        pipeline(env).print();

        assertThat(env.getStreamGraph().getJobGraph().getVertices())
                .extracting(vertex -> vertex.getName())
                .hasSize(3)
                .contains("Source: numbers -> frames -> segment -> score -> last reader");
    }

    private static DataStream<StreamTotals> pipeline(StreamExecutionEnvironment env) {
        GeneratorFunction<Long, Long> numbers = number -> number;
        SegmentFunction segment =
                new SegmentFunction(
                        OPTIONS,
                        OPTIONS,
                        Adaptation.NONE,
                        false,
                        null,
                        () -> NETWORKS,
                        () -> ALLOCATOR);
        SingleOutputStreamOperator<FrameElement> scored =
                env.fromSource(
                                new DataGeneratorSource<>(
                                        numbers,
                                        FRAMES,
                                        RateLimiterStrategy.perCheckpoint(FRAMES / 4),
                                        Types.LONG),
                                WatermarkStrategy.noWatermarks(),
                                "numbers")
                        .map(new ToFrame())
                        .returns(FrameElementTypeInfo.INSTANCE)
                        .name("frames")
                        .transform(
                                "segment",
                                FrameElementTypeInfo.INSTANCE,
                                new AsyncBatchOperatorFactory<>(segment, CAPACITY))
                        .process(
                                new ScoreFunction(LabelFolders.none(), LabelSet.of("camvid")),
                                FrameElementTypeInfo.INSTANCE)
                        .name("score");
        scored.process(new LastReader(), Types.LONG).name("last reader");
        scored.getSideOutput(ScoreFunction.TIMINGS)
                .keyBy(ThroughputFunction.oneKey())
                .process(new ThroughputFunction(Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .sinkTo(new DiscardingSink<>());
        return scored.getSideOutput(ScoreFunction.EVENTS)
                .keyBy(StreamEvent::stream)
                .process(
                        new RollingScoreFunction(
                                Duration.ofSeconds(1), Duration.ofSeconds(1), List.of()))
                .getSideOutput(RollingScoreFunction.TOTALS);
    }

    /** Makes frames; fails once, after the first checkpoint. */
    private static final class ToFrame extends RichMapFunction<Long, FrameElement>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;

        private transient boolean checkpointed;

        @Override
        public FrameElement map(Long number) throws Exception {
            if (checkpointed && FAILED.compareAndSet(false, true)) {
                throw new IllegalStateException("as planned");
            }
            var info = TestFrames.info("s" + number / FRAMES_PER_STREAM);
            return new Frame(
                    info,
                    0,
                    number % FRAMES_PER_STREAM,
                    number % FRAMES_PER_STREAM,
                    1,
                    null,
                    System.nanoTime(),
                    pixels.take(info.rgbBytes()));
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            checkpointed = true;
        }
    }

    /** Networks that see up to four frames at a time. */
    private static final class Fakes implements SharedNetworks.Opener {

        @Override
        public List<String> devices(SegmenterOptions options) {
            return List.of("cpu");
        }

        @Override
        public Segmenter open(SegmenterOptions options, String device) {
            return new FakeSegmenter(device);
        }
    }

    /** Checks the order within the task and gives frames back. */
    private static final class LastReader extends ProcessFunction<FrameElement, Long> {

        private static final long serialVersionUID = 1L;

        private transient long previous;

        @Override
        public void processElement(FrameElement element, Context context, Collector<Long> out) {
            try (SegmentedFrame segmented = (SegmentedFrame) element) {
                long stream = Long.parseLong(segmented.stream().substring(1));
                long number = stream * FRAMES_PER_STREAM + segmented.frame().index();
                if (number < previous) {
                    throw new IllegalStateException(number + " came after " + previous);
                }
                previous = number;
            }
        }
    }
}
