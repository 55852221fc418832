// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.FrameElementTypeInfo;
import io.stdcseg.frame.Rational;
import io.stdcseg.frame.SegmentedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MaskedFramesTest {

    private static final int WIDTH = 6;
    private static final int HEIGHT = 4;
    private static final List<VideoColumn> COLUMNS =
            List.of(VideoColumn.MASK, VideoColumn.VIDEO, VideoColumn.PICTURE);

    private static OneInputStreamOperatorTestHarness<RowData, FrameElement> harness()
            throws Exception {
        return harness(COLUMNS);
    }

    private static OneInputStreamOperatorTestHarness<RowData, FrameElement> harness(
            List<VideoColumn> columns) throws Exception {
        OneInputStreamOperatorTestHarness<RowData, FrameElement> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new MaskedFrames(columns, new Rational(10, 1)));
        harness.setup(FrameElementTypeInfo.INSTANCE.createSerializer(null));
        return harness;
    }

    private static StreamRecord<RowData> row(String video, byte[] mask) {
        return new StreamRecord<>(GenericRowData.of(mask, StringData.fromString(video), picture()));
    }

    private static byte[] picture() {
        return PictureBytes.ppm(WIDTH, HEIGHT, ByteBuffer.allocate(3 * WIDTH * HEIGHT));
    }

    private static byte[] mask(int rows) {
        return PictureBytes.png(WIDTH, rows, ByteBuffer.allocate(WIDTH * rows).put(3, (byte) 7));
    }

    /** Processes a row and looks at its frame, which then goes back. */
    private static void expect(
            OneInputStreamOperatorTestHarness<RowData, FrameElement> harness,
            String video,
            long index,
            long pts)
            throws Exception {
        harness.processElement(row(video, mask(HEIGHT)));
        List<FrameElement> out = harness.extractOutputValues();
        harness.getOutput().clear();
        assertThat(out).hasSize(1);
        try (SegmentedFrame frame = (SegmentedFrame) out.get(0)) {
            assertThat(frame.stream()).isEqualTo(video);
            assertThat(frame.frame().index()).isEqualTo(index);
            assertThat(frame.frame().pts()).isEqualTo(pts);
            assertThat(frame.frame().yuv().get(0)).isEqualTo((byte) 16);
            assertThat(frame.mask().ids().get(3)).isEqualTo((byte) 7);
        }
    }

    @Test
    void aVideoGoesOnWhereTheCheckpointWasAndEndsWithTheInput() throws Exception {
        OperatorSubtaskState checkpoint;
        try (var before = harness()) {
            before.open();
            expect(before, "a", 0, 0);
            expect(before, "b", 0, 0);
            expect(before, "a", 1, 9000);
            checkpoint = before.snapshot(1, 1);
        }
        try (var after = harness()) {
            after.initializeState(checkpoint);
            after.open();
            expect(after, "a", 2, 18000);
            after.processElement(row("a", null));

            after.endInput();

            assertThat(after.extractOutputValues())
                    .containsExactly(
                            new RangeEnd("a", 0, 3, 0),
                            new StreamEnd("a", "a", 1, null),
                            new RangeEnd("b", 0, 1, 0),
                            new StreamEnd("b", "b", 1, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "a/b", ".a", "a\\b", "a\nb", ""})
    void aNameThatLeadsElsewhereIsRefused(String name) throws Exception {
        try (var harness = harness()) {
            harness.open();
            assertThatThrownBy(() -> harness.processElement(row(name, mask(HEIGHT))))
                    .rootCause()
                    .hasMessageStartingWith("video '" + name + "' cannot be a file's name");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    @NullSource
    void aTimeThatNobodyKnowsIsRefused(Double seconds) throws Exception {
        try (var harness =
                harness(List.of(VideoColumn.MASK, VideoColumn.SECONDS, VideoColumn.PICTURE))) {
            harness.open();
            harness.processElement(timed(2.0));
            ((SegmentedFrame) harness.extractOutputValues().get(0)).close();

            assertThatThrownBy(() -> harness.processElement(timed(seconds)))
                    .isInstanceOf(SuppressRestartsException.class)
                    .hasRootCauseMessage(
                            "seconds of frame 1 of video is "
                                    + (seconds == null ? "NULL" : seconds)
                                    + "; a time from 0 on, or no column of that name, is allowed");
        }
    }

    private static StreamRecord<RowData> timed(Double seconds) {
        return new StreamRecord<>(GenericRowData.of(mask(HEIGHT), seconds, picture()));
    }

    @Test
    void aMaskOfAnotherSizeIsRefused() throws Exception {
        try (var harness = harness()) {
            harness.open();
            assertThatThrownBy(() -> harness.processElement(row("a", mask(HEIGHT + 1))))
                    .hasRootCauseMessage(
                            "mask of frame 0 of a is 6x5, its picture 6x4; they must be equal");
        }
    }
}
