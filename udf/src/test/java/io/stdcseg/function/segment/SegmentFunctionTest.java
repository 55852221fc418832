// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.inference.SharedNetwork;
import io.stdcseg.inference.SharedNetworks;
import io.stdcseg.network.InputScale;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.FakeSegmenter;
import io.stdcseg.testing.OperatorMetrics;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.TestFrames;
import io.stdcseg.video.NativeMemory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentFunctionTest {

    private static final SegmenterOptions OPTIONS =
            SegmenterOptions.DEFAULTS.withBatches(3, Duration.ofHours(1));

    private static final CountingAllocator MASKS = new CountingAllocator();
    private static SharedNetworks networks;
    private static FakeSegmenter segmenter;

    private final TestFrames frames = new TestFrames();
    private OperatorMetrics metrics;
    private OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness;

    /** Has one network, and gives it out once. */
    private static final class OneNetwork implements SharedNetworks.Opener {

        @Override
        public List<String> devices(SegmenterOptions options) {
            return List.of("cpu");
        }

        @Override
        public Segmenter open(SegmenterOptions options, String device) {
            return segmenter;
        }
    }

    @BeforeEach
    void open() throws Exception {
        networks = new SharedNetworks(new OneNetwork());
        segmenter = new FakeSegmenter("cpu");
        open(Adaptation.NONE);
    }

    private void open(Adaptation adaptation) throws Exception {
        metrics = new OperatorMetrics();
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncBatchOperatorFactory<>(function(adaptation), 2),
                        metrics.environment());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        harness.open();
    }

    private static SegmentFunction function(Adaptation adaptation) {
        return new SegmentFunction(
                OPTIONS, OPTIONS, adaptation, true, null, () -> networks, () -> MASKS);
    }

    /** Another share of the operator's network. */
    private SharedNetwork.Lease lease() {
        return networks.acquire(
                harness.getEnvironment().getJobInfo().getJobId().toString(), OPTIONS);
    }

    @Test
    void framesGetMasksAndMarkersPassBehindThem() throws Exception {
        Frame frame = frames.video("clip", 3);
        frame.rgb().put(3 * 5, (byte) 9);
        harness.processElement(new StreamRecord<>(new RangeStart("clip", 0, 1, 1)));
        RangeEnd marker = new RangeEnd("clip", 0, 1, 0);
        harness.processElement(new StreamRecord<>(frame));
        harness.processElement(new StreamRecord<>(marker));
        try (SharedNetwork.Lease lease = lease()) {
            assertThat(harness.extractOutputValues())
                    .containsExactly(new RangeStart("clip", 0, 1, 1, lease.info()));
        }

        harness.prepareSnapshotPreBarrier(1);

        assertThat(harness.extractOutputValues()).hasSize(3).endsWith(marker);
        SegmentedFrame segmented = (SegmentedFrame) harness.extractOutputValues().get(1);
        assertThat(segmented.frame()).isSameAs(frame);
        assertThat(segmented.mask().ids().get(5)).isEqualTo((byte) 9);
        assertThat(segmented.confidence().margins().get(5)).isEqualTo((byte) 90);
        assertThat(segmented.confidence().highest().get(5)).isEqualTo((byte) 100);
        assertThat(segmented.batchSize()).isEqualTo(1);
        segmented.close();
        harness.close();
        segmenter.closed.get(30, TimeUnit.SECONDS);
        assertThat(frames.lent()).isZero();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    @Test
    void aFailureNamesTheFrameAndGivesBackItsBuffers() throws Exception {
        segmenter.onCall =
                () -> {
                    throw new IllegalStateException("no memory");
                };
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
        assertThat(metrics.meter(SegmentMetrics.FRAMES_PER_SECOND).getCount()).isZero();
        try (SharedNetwork.Lease lease = lease()) {
            lease.statistics().processed(4, 3_000_000, 20_000_000);
        }
        assertThat(metrics.number(SegmentMetrics.BATCH_SIZE)).isEqualTo(4);
        BufferPool.Memory held = new NativeMemory().allocate(1 << 20);

        harness.processElement(new StreamRecord<>(frames.video("clip", 0)));
        harness.processElement(new StreamRecord<>(frames.video("clip", 1)));
        assertThat(metrics.number(AsyncBatchOperator.IN_FLIGHT)).isEqualTo(2);
        harness.prepareSnapshotPreBarrier(1);

        assertThat(metrics.number(AsyncBatchOperator.IN_FLIGHT)).isZero();
        assertThat(metrics.meter(SegmentMetrics.FRAMES_PER_SECOND).getCount()).isEqualTo(2);
        assertThat(metrics.histogram(SegmentMetrics.WAIT_MICROS).getCount()).isEqualTo(2);
        assertThat(metrics.histogram(SegmentMetrics.NETWORK_MICROS).getCount()).isEqualTo(2);
        assertThat(metrics.number(SegmentMetrics.BATCH_SIZE)).isBetween(3.7, 3.9);
        assertThat(metrics.number(SegmentMetrics.NATIVE_MEMORY_BYTES))
                .isGreaterThanOrEqualTo(1 << 20)
                .isLessThan(metrics.number(SegmentMetrics.PROCESS_MEMORY_BYTES));
        held.free();
        for (FrameElement element : harness.extractOutputValues()) {
            ((SegmentedFrame) element).close();
        }
        harness.close();
    }

    @Test
    void framesOfALiveStreamThatWaitAreSeenAtALowerHeight() throws Exception {
        harness.close();
        segmenter = new FakeSegmenter("cpu");
        segmenter.scale = InputScale.by(1);
        open(new Adaptation(Set.of("cam"), Duration.ofNanos(1)));

        assertThat(inputHeight("cam")).isEqualTo(TestFrames.HEIGHT);
        assertThat(metrics.number(AdaptedInput.INPUT_HEIGHT)).isEqualTo(TestFrames.HEIGHT);
        while (inputHeight("cam") == TestFrames.HEIGHT) {
            assertThat(metrics.counter(AdaptedInput.INPUT_HEIGHT_CHANGES).getCount()).isZero();
        }

        assertThat(metrics.number(AdaptedInput.INPUT_HEIGHT)).isEqualTo(TestFrames.HEIGHT / 2);
        assertThat(metrics.counter(AdaptedInput.INPUT_HEIGHT_CHANGES).getCount()).isOne();
        assertThat(inputHeight("file")).isZero();
        harness.close();
    }

    /** The second network sees them, too; the same frames as RGB have the same masks. */
    @Test
    void framesOfPlanesGetTheMasksOfTheirRgb() throws Exception {
        openWithShadow();
        segmenter.takesPlanes = true;
        for (int index = 0; index < 3; index++) {
            Frame planes = frames.planes("planes", index);
            byte[] rgb =
                    Planes.rgb(
                            Planes.random(index, TestFrames.WIDTH, TestFrames.HEIGHT),
                            planes.yuvToRgb(),
                            TestFrames.WIDTH,
                            TestFrames.HEIGHT);
            Frame same = frames.video("rgb", index);
            same.rgb().put(0, rgb);
            harness.processElement(new StreamRecord<>(planes));
            harness.processElement(new StreamRecord<>(same));
        }

        harness.prepareSnapshotPreBarrier(1);

        List<FrameElement> elements = harness.extractOutputValues();
        assertThat(elements).hasSize(6);
        for (int i = 0; i < elements.size(); i += 2) {
            try (SegmentedFrame planes = (SegmentedFrame) elements.get(i);
                    SegmentedFrame rgb = (SegmentedFrame) elements.get(i + 1)) {
                assertThat(planes.mask().ids()).isEqualTo(rgb.mask().ids());
                if (rgb.shadow() != null) {
                    assertThat(planes.shadow().ids()).isEqualTo(rgb.mask().ids());
                }
            }
        }
        harness.close();
        segmenter.closed.get(30, TimeUnit.SECONDS);
        assertThat(frames.lent()).isZero();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    private void openWithShadow() throws Exception {
        harness.close();
        segmenter = new FakeSegmenter("cpu");
        SegmentFunction function =
                new SegmentFunction(
                        OPTIONS,
                        OPTIONS,
                        Adaptation.NONE,
                        false,
                        new Shadow(OPTIONS, 2),
                        () -> networks,
                        () -> MASKS);
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncBatchOperatorFactory<>(function, 8), metrics.environment());
        harness.getExecutionConfig().enableObjectReuse();
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        harness.open();
    }

    /** Of a frame that is segmented alone. */
    private int inputHeight(String stream) throws Exception {
        harness.processElement(new StreamRecord<>(frames.video(stream, 0)));
        harness.prepareSnapshotPreBarrier(1);
        List<FrameElement> elements = harness.extractOutputValues();
        harness.getOutput().clear();
        try (SegmentedFrame segmented = (SegmentedFrame) elements.get(0)) {
            return segmented.inputHeight();
        }
    }

    @Test
    void everyNthFrameHasTheMaskOfASecondNetwork() throws Exception {
        openWithShadow();
        for (int index = 0; index < 3; index++) {
            Frame frame = frames.video("clip", index);
            frame.rgb().put(3 * 5, (byte) 9);
            harness.processElement(new StreamRecord<>(frame));
        }

        harness.prepareSnapshotPreBarrier(1);

        for (FrameElement element : harness.extractOutputValues()) {
            try (SegmentedFrame segmented = (SegmentedFrame) element) {
                if (segmented.frame().index() % 2 == 0) {
                    assertThat(segmented.shadow().ids().get(5)).isEqualTo((byte) 9);
                } else {
                    assertThat(segmented.shadow()).isNull();
                }
            }
        }
        harness.close();
        segmenter.closed.get(30, TimeUnit.SECONDS);
        assertThat(frames.lent()).isZero();
        assertThat(MASKS.freed()).isEqualTo(MASKS.allocated());
    }

    @Test
    void aNetworkOfOneHeightIsRefused() {
        assertThatThrownBy(() -> open(new Adaptation(Set.of("cam"), Duration.ofSeconds(2))))
                .hasRootCauseInstanceOf(InputException.class)
                .hasRootCauseMessage("fake at scale 1.0 has no other heights, which --adapt needs");
    }

    @Test
    void closesThoughItWasNeverOpened() {
        SegmentFunction function = function(Adaptation.NONE);
        function.flush();
        function.close();

        assertThat(segmenter.closed).isNotDone();
    }
}
