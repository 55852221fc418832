// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.SegmenterWeights;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.segment.AsyncBatchOperatorFactory;
import io.stdcseg.function.segment.SegmentFunction;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.job.testing.Jobs;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.LiveServer;
import io.stdcseg.testing.LiveServer.Part;
import io.stdcseg.video.live.LiveSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live streams that together give more frames than the network can segment. */
@Timeout(300)
class LiveFairnessITCase {

    private static final int MANY = 200;
    private static final int FEW = 4;
    private static final int SECONDS = 40;

    /** Consecutive frames that are looked at, once there are some of every stream. */
    private static final int FRAMES = 300;

    /** Frames before those: what came while the network loaded is still on its way. */
    private static final int WARM_UP = 40;

    private static final BlockingQueue<Segmented> SEGMENTED = new LinkedBlockingQueue<>();

    private final List<LiveServer> servers = new ArrayList<>();

    /** Which picture of which stream. */
    private record Segmented(String stream, long number) {}

    @AfterEach
    void stop() throws IOException {
        for (LiveServer server : servers) {
            server.close();
        }
    }

    @Test
    void streamsOfASlotTakeTurns() throws Exception {
        List<List<Long>> streams = segment(1, MANY, MANY, FEW);

        assertEqual(streams.get(0), streams.get(1));
        assertNothingLost(streams.get(2), 3);
    }

    @Test
    void slotsShareTheNetwork() throws Exception {
        List<List<Long>> streams = segment(2, MANY, MANY);

        assertEqual(streams.get(0), streams.get(1));
    }

    @Test
    void aSlotOfManyFramesTakesNoneFromOneOfFew() throws Exception {
        assertNothingLost(segment(2, MANY, FEW).get(1), 2);
    }

    private static void assertEqual(List<Long> one, List<Long> other) {
        assertThat((double) one.size()).isCloseTo(other.size(), within(0.1 * one.size()));
        // Both could have had more.
        assertThat(one.get(one.size() - 1) - one.get(0)).isGreaterThan(one.size());
        assertThat(other.get(other.size() - 1) - other.get(0)).isGreaterThan(other.size());
    }

    /** All that came was segmented, or as much as any of so many streams can have. */
    private static void assertNothingLost(List<Long> numbers, int streams) {
        long came = numbers.get(numbers.size() - 1) - numbers.get(0) + 1;
        assertThat(numbers.size())
                .isGreaterThanOrEqualTo((int) Math.min(came, 0.9 * FRAMES / streams));
    }

    /** Numbers of the pictures that were segmented of streams with these rates. */
    private List<List<Long>> segment(int slots, int... rates) throws Exception {
        List<String> addresses = new ArrayList<>();
        for (int rate : rates) {
            byte[] stream = LiveServer.transportStream(rate, rate * SECONDS);
            servers.add(LiveServer.start(new Part(stream, SECONDS)));
            addresses.add(servers.get(servers.size() - 1).address());
        }
        SourceSpec spec = SourceSpec.plan(addresses, options());
        SEGMENTED.clear();
        JobClient job = start(spec, slots);
        try {
            return collect(spec.streams().stream().map(stream -> stream.name()).toList());
        } finally {
            Jobs.cancel(job);
        }
    }

    private static ReadOptions options() {
        return ReadOptions.defaults()
                .withYuv(false)
                .live(LiveSettings.DEFAULT.with(Duration.ofSeconds(2), Map.of()));
    }

    private static JobClient start(SourceSpec spec, int slots) throws Exception {
        SegmenterOptions network =
                SegmenterWeights.resolve(
                        SegmenterOptions.DEFAULTS
                                .withScale(InputScale.toHeight(192))
                                .withDevice("cpu")
                                .withPrecision("fp32"));
        int inFlight = SegmentFunction.BATCHES_IN_FLIGHT * network.largestBatch();
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(slots);
        env.getConfig().enableObjectReuse();
        env.fromSource(
                        new VideoSource(spec, VideoSource.QUEUE_LENGTH + inFlight + 2),
                        WatermarkStrategy.noWatermarks(),
                        "decode",
                        FrameElementTypeInfo.INSTANCE)
                .transform(
                        "segment",
                        FrameElementTypeInfo.INSTANCE,
                        new AsyncBatchOperatorFactory<>(new SegmentFunction(network), inFlight))
                .process(new Noter(), Types.VOID);
        return env.executeAsync();
    }

    private static List<List<Long>> collect(List<String> streams) throws InterruptedException {
        Map<String, List<Long>> seen = new TreeMap<>();
        while (seen.size() < streams.size()) {
            seen.computeIfAbsent(next().stream(), name -> new ArrayList<>());
        }
        for (int i = 0; i < WARM_UP; i++) {
            next();
        }
        for (int i = 0; i < FRAMES; i++) {
            Segmented frame = next();
            seen.get(frame.stream()).add(frame.number());
        }
        return streams.stream().map(seen::get).toList();
    }

    private static Segmented next() throws InterruptedException {
        Segmented frame = SEGMENTED.poll(90, TimeUnit.SECONDS);
        assertThat(frame).as("a frame").isNotNull();
        return frame;
    }

    /** Notes frames in the order in which they come, over all slots, and gives them back. */
    private static final class Noter extends ProcessFunction<FrameElement, Void> {

        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(FrameElement element, Context context, Collector<Void> out) {
            if (element instanceof SegmentedFrame segmented) {
                SEGMENTED.add(new Segmented(segmented.frame().stream(), segmented.frame().index()));
                segmented.close();
            }
        }
    }
}
