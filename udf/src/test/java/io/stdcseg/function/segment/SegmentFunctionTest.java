// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.batch.BatchStatistics;
import io.stdcseg.frame.BufferAllocator;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElementSerializer;
import io.stdcseg.frame.NetworkInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.function.MetricNames;
import io.stdcseg.function.OperatorMetrics;
import io.stdcseg.function.TestFrames;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.video.NativeMemory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentFunctionTest {

    private static final CountingAllocator MASKS = new CountingAllocator();
    private static final FakeSegmenter SEGMENTER = new FakeSegmenter();

    private final TestFrames frames = new TestFrames();
    private final OperatorMetrics metrics = new OperatorMetrics();
    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness;

    private static final NetworkInfo NETWORK =
            new NetworkInfo("fake", "0.5", "none", "cpu", "fp32", 2, 1, "none", "0");

    /** Segments on {@code flush()}: every pixel gets its red value as class. */
    private static final class FakeSegmenter implements SegmenterLease {

        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private BatchStatistics statistics;
        private boolean failing;
        private boolean closed;

        @Override
        public NetworkInfo network() {
            return NETWORK;
        }

        @Override
        public int concurrentPictures() {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> segment(
                int width, int height, ByteBuffer rgb, ByteBuffer mask) {
            CompletableFuture<Integer> done = new CompletableFuture<>();
            boolean fails = failing;
            waiting.add(
                    () -> {
                        if (fails) {
                            done.completeExceptionally(new IllegalStateException("no memory"));
                            return;
                        }
                        for (int i = 0; i < width * height; i++) {
                            mask.put(i, rgb.get(3 * i));
                        }
                        done.complete(waiting.size() + 1);
                    });
            return done;
        }

        @Override
        public void flush() {
            while (!waiting.isEmpty()) {
                waiting.remove().run();
            }
        }

        @Override
        public BatchStatistics statistics() {
            return statistics;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void open() throws Exception {
        SEGMENTER.failing = false;
        SEGMENTER.closed = false;
        SEGMENTER.statistics = new BatchStatistics();
        SegmentFunction function = new SegmentFunction(context -> SEGMENTER, () -> MASKS, 2);
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncBatchOperatorFactory<>(function, 2), metrics.environment());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(FrameElementSerializer.INSTANCE);
        harness.open();
    }

    @Test
    void framesGetMasksAndMarkersPassBehindThem() throws Exception {
        Frame frame = frames.video("clip", 3);
        frame.rgb().put(3 * 5, (byte) 9);
        harness.processElement(new StreamRecord<>(new RangeStart("clip", 0, 1)));
        RangeEnd marker = new RangeEnd("clip", 0, 1, 0);
        harness.processElement(new StreamRecord<>(frame));
        harness.processElement(new StreamRecord<>(marker));
        RangeStart announced = new RangeStart("clip", 0, 1, NETWORK);
        assertThat(harness.extractOutputValues()).containsExactly(announced);

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).hasSize(3).endsWith(marker);
        SegmentedFrame segmented = (SegmentedFrame) harness.extractOutputValues().get(1);
        assertThat(segmented.frame()).isSameAs(frame);
        assertThat(segmented.mask().ids().get(5)).isEqualTo((byte) 9);
        assertThat(segmented.batchSize()).isEqualTo(1);
        segmented.close();
        harness.close();
        assertThat(SEGMENTER.closed).isTrue();
        assertThat(frames.lent()).isZero();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    @Test
    void aFailureNamesTheFrameAndGivesBackItsBuffers() throws Exception {
        SEGMENTER.failing = true;
        harness.processElement(new StreamRecord<>(frames.video("clip", 3)));

        assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                .hasStackTraceContaining("frame 3 of stream clip failed")
                .hasRootCauseMessage("no memory");
        assertThat(frames.lent()).isZero();
        harness.getOperator().close();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    @Test
    void aCancelledTaskGivesBackWhatIsInFlight() throws Exception {
        harness.processElement(new StreamRecord<>(frames.video("clip", 0)));
        harness.processElement(new StreamRecord<>(frames.video("clip", 1)));

        harness.getOperator().close();

        assertThat(harness.getOutput()).isEmpty();
        assertThat(frames.lent()).isZero();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    @Test
    void tellsHowFastItIsAndWhatItHolds() throws Exception {
        assertThat(metrics.meter(MetricNames.FRAMES_PER_SECOND).getCount()).isZero();
        SEGMENTER.statistics.processed(4, 3_000_000, 20_000_000);
        BufferAllocator.Memory held = new NativeMemory().allocate(1 << 20);

        harness.processElement(new StreamRecord<>(frames.video("clip", 0)));
        harness.processElement(new StreamRecord<>(frames.video("clip", 1)));
        assertThat(metrics.number(MetricNames.IN_FLIGHT)).isEqualTo(2);
        harness.prepareSnapshotPreBarrier(1);

        assertThat(metrics.number(MetricNames.IN_FLIGHT)).isZero();
        assertThat(metrics.meter(MetricNames.FRAMES_PER_SECOND).getCount()).isEqualTo(2);
        assertThat(metrics.number(MetricNames.SEGMENT_MILLIS)).isPositive();
        assertThat(metrics.number(MetricNames.BATCH_SIZE)).isEqualTo(4);
        assertThat(metrics.number(MetricNames.BATCH_WAIT_MILLIS)).isEqualTo(3);
        assertThat(metrics.number(MetricNames.INFERENCE_MILLIS)).isEqualTo(20);
        assertThat(metrics.number(MetricNames.NATIVE_MEMORY_BYTES))
                .isGreaterThanOrEqualTo(1 << 20)
                .isLessThan(metrics.number(MetricNames.PROCESS_MEMORY_BYTES));
        held.free();
        for (FrameElement element : harness.extractOutputValues()) {
            ((SegmentedFrame) element).close();
        }
        harness.close();
    }

    @Test
    void closesThoughItWasNeverOpened() {
        SegmentFunction function = new SegmentFunction(context -> SEGMENTER, () -> MASKS, 2);
        function.flush();
        function.close();

        assertThat(SEGMENTER.closed).isFalse();
    }
}
