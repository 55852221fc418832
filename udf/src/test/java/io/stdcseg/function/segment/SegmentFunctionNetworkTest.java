// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.function.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.testing.SharedData;
import io.stdcseg.testing.TestFrames;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The operator with a real network. */
class SegmentFunctionNetworkTest {

    private static final SegmenterOptions OPTIONS = SegmenterOptions.DEFAULTS.withDevice("cpu");

    private final TestFrames frames = new TestFrames();

    @Test
    void framesAreSegmentedByTheWeightsThatTheOptionsName() throws Exception {
        Path weights = SharedData.require("reference/stdc1_camvid.pth");
        SegmenterOptions options = OPTIONS.withWeights(weights.toString()).withBatches(2, null);

        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(options)) {
            harness.open();
            harness.processElement(new StreamRecord<>(new RangeStart("clip", 0, 1, 2)));
            for (int i = 0; i < 3; i++) {
                harness.processElement(new StreamRecord<>(frames.video("clip", i)));
            }
            harness.prepareSnapshotPreBarrier(1);

            List<FrameElement> out = harness.extractOutputValues();
            assertThat(out).hasSize(4);
            RangeStart start = (RangeStart) out.get(0);
            assertThat(start.network().weightsFile()).isEqualTo(weights.toString());
            assertThat(start.network().device()).isEqualTo("cpu");
            for (int i = 0; i < 3; i++) {
                SegmentedFrame segmented = (SegmentedFrame) out.get(i + 1);
                assertThat(segmented.frame().index()).isEqualTo(i);
                assertThat(segmented.batchSize()).isBetween(1, 2);
                byte[] ids = new byte[TestFrames.WIDTH * TestFrames.HEIGHT];
                segmented.mask().ids().get(ids);
                for (byte id : ids) {
                    assertThat(id).isBetween((byte) 0, (byte) 10);
                }
                segmented.close();
            }
        }
        assertThat(frames.lent()).isZero();
    }

    @Test
    void unusableWeightsFailTheJobForGood() throws Exception {
        try (OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                harness(OPTIONS.withWeights("missing.pth"))) {
            assertThatThrownBy(harness::open)
                    .isInstanceOf(SuppressRestartsException.class)
                    .rootCause()
                    .hasMessageContaining("missing.pth");
        }
    }

    private static OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness(
            SegmenterOptions options) throws Exception {
        OneInputStreamOperatorTestHarness<FrameElement, FrameElement> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new AsyncBatchOperatorFactory<>(new SegmentFunction(options), 4));
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        return harness;
    }
}
