// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.source.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.Frame;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.frame.YuvToRgb;
import io.stdcseg.function.telemetry.StallClock;
import io.stdcseg.job.source.plan.ReadOptions;
import io.stdcseg.job.source.plan.ReadOptions.OnError;
import io.stdcseg.job.source.split.SplitProgress;
import io.stdcseg.job.source.split.VideoSplit;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.Streams;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.Planes;
import io.stdcseg.video.decode.VideoRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.runtime.metrics.groups.InternalSourceReaderMetricGroup;
import org.apache.flink.runtime.metrics.util.InterceptingOperatorMetricGroup;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeReaderTest {

    private final BufferPool pool = new BufferPool(4, new CountingAllocator());
    private final List<FrameElement> markers = new ArrayList<>();
    private final List<Long> indices = new ArrayList<>();
    private final List<SplitProgress> reached = new ArrayList<>();
    private boolean takesPlanes;

    @AfterEach
    void everyBufferIsBack() {
        assertThat(pool.lent()).isZero();
    }

    @Test
    void givesEveryFrameBetweenItsMarkers() throws Exception {
        read(whole(), ReadOptions.defaults(), 3, Set.of());

        assertThat(indices).containsExactly(0L, 1L, 2L);
        assertThat(markers)
                .containsExactly(
                        new RangeStart("drive", 0, 1, 3),
                        new RangeEnd("drive", 0, 3, 0),
                        new StreamEnd("drive", "/videos/drive.mp4", 1, null));
    }

    @Test
    void tellsReportersWhatIsToComeAndWhatWasLeftOut() throws Exception {
        InterceptingOperatorMetricGroup told = new InterceptingOperatorMetricGroup();
        SourceMetrics metrics = new SourceMetrics();
        metrics.register(InternalSourceReaderMetricGroup.mock(told));
        FrameDecoder.Factory decoders = (opened, onError) -> new FakeDecoder("drive", 4, Set.of(1));
        ReadOptions options = ReadOptions.defaults().onError(OnError.DAMAGED);
        try (RangeReader reader =
                new RangeReader(whole(), options, decoders, pool, () -> false, metrics)) {
            take(reader.start());
            assertThat(gauge(told, MetricNames.PENDING_RECORDS)).isEqualTo(4L);
            take(reader.next(() -> false));
            assertThat(gauge(told, MetricNames.PENDING_RECORDS)).isEqualTo(3L);
            while (!reader.ended()) {
                take(reader.next(() -> false));
            }
        }

        assertThat(gauge(told, MetricNames.PENDING_RECORDS)).isEqualTo(0L);
        assertThat(gauge(told, StallClock.STALLED_SECONDS)).isEqualTo(0.0);
        assertThat(((Counter) told.get(MetricNames.NUM_RECORDS_IN_ERRORS)).getCount()).isOne();
        assertThat(((Histogram) told.get(SourceMetrics.DECODE_MICROS)).getCount()).isEqualTo(3);
    }

    private static Object gauge(InterceptingOperatorMetricGroup group, String name) {
        return ((Gauge<?>) group.get(name)).getValue();
    }

    @Test
    void onlyTheLastRangeEndsTheStream() throws Exception {
        VideoSplit first =
                new VideoSplit(
                        Streams.video("drive"),
                        0,
                        2,
                        new VideoRange(Long.MIN_VALUE, Long.MIN_VALUE, 700, 0, 2),
                        SplitProgress.START);
        VideoSplit second =
                new VideoSplit(
                        Streams.video("drive"),
                        1,
                        2,
                        new VideoRange(600, 700, Long.MAX_VALUE, 2, 3),
                        SplitProgress.START);

        read(first, ReadOptions.defaults(), 5, Set.of());
        read(second, ReadOptions.defaults(), 5, Set.of());

        assertThat(indices).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(markers)
                .containsExactly(
                        new RangeStart("drive", 0, 2, 2),
                        new RangeEnd("drive", 0, 2, 0),
                        new RangeStart("drive", 1, 2, 3),
                        new RangeEnd("drive", 1, 3, 0),
                        new StreamEnd("drive", "/videos/drive.mp4", 2, null));
    }

    @Test
    void selectsByTimeNumberAndCount() throws Exception {
        ReadOptions options = ReadOptions.defaults().between(0.25, 1.0).everyNth(2).atMost(3);

        read(whole(), options, 20, Set.of());

        assertThat(indices).containsExactly(4L, 6L, 8L);
        assertThat(markers).contains(new RangeEnd("drive", 0, 3, 0));
    }

    /** Of five frames and two pictures that are left out. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void goesOnFromEveryPosition(int position) throws Exception {
        ReadOptions options = ReadOptions.defaults().everyNth(2).atMost(5);
        read(whole(), options, 20, Set.of(2, 5));
        assertThat(indices).containsExactly(0L, 4L, 6L, 8L, 10L);
        assertThat(markers)
                .containsExactly(
                        new RangeStart("drive", 0, 1, 5),
                        leftOut(2),
                        leftOut(5),
                        new RangeEnd("drive", 0, 5, 2),
                        new StreamEnd("drive", "/videos/drive.mp4", 1, null));
        List<FrameElement> all = List.copyOf(markers);
        SplitProgress saved = reached.get(position);
        int frames = (int) saved.frames();
        int skipped = (int) saved.skipped();
        assertThat(frames + skipped).isEqualTo(position);
        List<Long> rest = List.copyOf(indices.subList(frames, indices.size()));
        indices.clear();
        markers.clear();

        read(whole().at(saved), options, 20, Set.of(2, 5));

        assertThat(indices).isEqualTo(rest);
        assertThat(markers.subList(1, markers.size()))
                .isEqualTo(all.subList(1 + skipped, all.size()));
    }

    @Test
    void damagedPicturesAreNamedByTheirFiles() throws Exception {
        VideoSplit split = VideoSplit.whole(Streams.pictures("pics", "a.png", "b.png"));

        read(split, ReadOptions.defaults(), 2, Set.of(1));

        assertThat(markers)
                .contains(
                        new SkippedPicture("pics", 0, 1, "b.png", "picture 1 of drive is damaged"));
    }

    private static SkippedPicture leftOut(int picture) {
        return new SkippedPicture(
                "drive", 0, picture, null, "picture " + picture + " of drive is damaged");
    }

    @Test
    void damageEndsTheJobWithoutRestartWhereThatIsAsked() {
        ReadOptions options = ReadOptions.defaults().onError(OnError.FAIL);

        assertEnds("picture 1 of drive is damaged", () -> read(whole(), options, 3, Set.of(1)));
    }

    @Test
    void aStreamWithoutAnyPictureEndsTheJob() {
        assertEnds(
                "picture 1 of drive is damaged",
                () -> read(whole(), ReadOptions.defaults(), 2, Set.of(0, 1)));
    }

    @Test
    void aStreamThatDoesNotOpenEndsTheJob() {
        InputException broken = new InputException("video drive.mp4 is empty");

        assertEnds(
                "video drive.mp4 is empty",
                () ->
                        read(
                                whole(),
                                ReadOptions.defaults(),
                                (split, onError) -> {
                                    throw broken;
                                }));
    }

    /** Where the only damage is before what is asked for, nothing is amiss. */
    @Test
    void damageOutsideOfThePartThatIsReadEndsNothing() throws Exception {
        read(whole(), ReadOptions.defaults().between(5, 6), 3, Set.of(0));

        assertThat(markers)
                .endsWith(
                        new RangeEnd("drive", 0, 0, 1),
                        new StreamEnd("drive", "/videos/drive.mp4", 1, null));
    }

    private static void assertEnds(String line, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOf(SuppressRestartsException.class)
                .cause()
                .isInstanceOf(InputException.class)
                .hasMessage(line);
    }

    @Test
    void aStreamWithoutAnyPictureSaysWhy() throws Exception {
        ReadOptions options = ReadOptions.defaults().onError(OnError.SKIP);

        read(whole(), options, 2, Set.of(0, 1));

        assertThat(markers)
                .endsWith(
                        new RangeEnd("drive", 0, 0, 2),
                        new StreamEnd(
                                "drive", "/videos/drive.mp4", 1, "picture 1 of drive is damaged"));
    }

    @Test
    void aStreamThatDoesNotOpenIsSkippedWithItsReason() throws Exception {
        ReadOptions options = ReadOptions.defaults().onError(OnError.SKIP);
        InputException broken = new InputException("video drive.mp4 is empty");

        read(
                whole(),
                options,
                (split, onError) -> {
                    throw broken;
                });

        assertThat(markers)
                .containsExactly(
                        new StreamEnd("drive", "/videos/drive.mp4", 0, broken.getMessage()));
    }

    @Test
    void aStreamThatWasUnreadableWhenPlannedGivesItsReason() throws Exception {
        VideoSplit split = VideoSplit.whole(Streams.unreadable("gone", "it is gone"));

        read(split, ReadOptions.defaults().onError(OnError.SKIP), 0, Set.of());

        assertThat(markers).containsExactly(new StreamEnd("gone", "gone", 0, "it is gone"));
    }

    @Test
    void carriesYuvOnlyIfAsked() throws Exception {
        RangeReader reader = reader(ReadOptions.defaults().withYuv(false), 1);
        reader.start();

        try (Frame frame = (Frame) reader.next(() -> false).elements().get(0)) {
            assertThat(frame.hasYuv()).isFalse();
            assertThat(frame.rgb().get(0)).isZero();
        }
    }

    /** Nothing else would be read: they are what is drawn into, too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesPlanesAloneWhereNetworksTakeThem(boolean withYuv) throws Exception {
        FrameDecoder.Factory decoders = (opened, onError) -> new PlanesDecoder(Planes.VIDEO);
        takesPlanes = true;
        RangeReader reader = reader(whole(), ReadOptions.defaults().withYuv(withYuv), decoders);
        reader.start();

        try (Frame frame = (Frame) reader.next(() -> false).elements().get(0)) {
            assertThat(frame.yuvToRgb()).isEqualTo(Planes.VIDEO);
            assertThat(frame.yuv().get(0)).isEqualTo((byte) 7);
        }
        takesPlanes = false;
        try (Frame frame = (Frame) reader.next(() -> false).elements().get(0)) {
            assertThat(frame.yuvToRgb()).isNull();
            assertThat(frame.rgb().get(0)).isEqualTo((byte) 1);
            assertThat(frame.hasYuv()).isEqualTo(withYuv);
        }
    }

    /** Another network may be there when a buffer is. */
    @Test
    void asksForPlanesWhenThereIsABuffer() throws Exception {
        takesPlanes = true;
        CountingAllocator memory = new CountingAllocator();
        BufferPool late =
                new BufferPool(
                        1,
                        bytes -> {
                            takesPlanes = false;
                            return memory.allocate(bytes);
                        });
        RangeReader reader =
                new RangeReader(
                        whole(),
                        ReadOptions.defaults(),
                        (opened, onError) -> new PlanesDecoder(Planes.VIDEO),
                        late,
                        () -> takesPlanes,
                        new SourceMetrics());
        reader.start();

        try (Frame frame = (Frame) reader.next(() -> false).elements().get(0)) {
            assertThat(frame.yuvToRgb()).isNull();
        }
        late.close();
    }

    @Test
    void picturesThatAreNotTheirPlanesAreRgb() throws Exception {
        takesPlanes = true;
        RangeReader reader =
                reader(
                        whole(),
                        ReadOptions.defaults(),
                        (opened, onError) -> new PlanesDecoder(null));
        reader.start();

        try (Frame frame = (Frame) reader.next(() -> false).elements().get(0)) {
            assertThat(frame.yuvToRgb()).isNull();
            assertThat(frame.rgb().get(0)).isZero();
        }
    }

    @Test
    void picturesOfAVideoHaveOneSize() {
        VideoSplit split = VideoSplit.whole(Streams.pictures("pics", "a.png", "b.png", "c.png"));
        FrameDecoder.Factory growing = (opened, onError) -> new GrowingPictures();

        assertThatThrownBy(() -> read(split, ReadOptions.defaults(), growing))
                .hasRootCauseMessage(
                        "picture p1 of stream pics is 5x2; a video is written, and its first"
                                + " picture is 4x2");
    }

    @Test
    void picturesMayDifferWhereNoVideoIsWritten() throws Exception {
        VideoSplit split = VideoSplit.whole(Streams.pictures("pics", "a.png", "b.png", "c.png"));

        read(
                split,
                ReadOptions.defaults().withYuv(false),
                (opened, onError) -> new GrowingPictures());

        assertThat(indices).containsExactly(0L, 1L, 2L);
    }

    @Test
    void anInterruptedReaderGoesOnWhereItWas() throws Exception {
        RangeReader reader = reader(ReadOptions.defaults(), 2);
        reader.start();

        assertThat(reader.next(() -> true)).isNull();
        Handover.Elements next = reader.next(() -> false);

        assertThat(next.reached()).isEqualTo(new SplitProgress(1, 1, 0, false));
        next.release();
    }

    private VideoSplit whole() {
        return VideoSplit.whole(Streams.video("drive"));
    }

    private RangeReader reader(ReadOptions options, int frames) {
        return reader(
                whole(), options, (opened, onError) -> new FakeDecoder("drive", frames, Set.of()));
    }

    private RangeReader reader(
            VideoSplit split, ReadOptions options, FrameDecoder.Factory decoders) {
        return new RangeReader(
                split, options, decoders, pool, () -> takesPlanes, new SourceMetrics());
    }

    private void read(VideoSplit split, ReadOptions options, int frames, Set<Integer> damaged)
            throws Exception {
        read(split, options, (opened, onError) -> new FakeDecoder("drive", frames, damaged));
    }

    private void read(VideoSplit split, ReadOptions options, FrameDecoder.Factory decoders)
            throws Exception {
        try (RangeReader reader = reader(split, options, decoders)) {
            take(reader.start());
            while (!reader.ended()) {
                take(reader.next(() -> false));
            }
        }
    }

    private void take(Handover.Elements handover) {
        reached.add(handover.reached());
        for (FrameElement element : handover.elements()) {
            if (element instanceof Frame frame) {
                assertThat(frame.rgb().get(0)).isEqualTo((byte) frame.index());
                if (frame.hasYuv()) {
                    assertThat(frame.yuv().get(0)).isEqualTo((byte) frame.index());
                }
                assertThat(frame.pts()).isEqualTo(FakeDecoder.pts(frame.index()));
                indices.add(frame.index());
                frame.close();
            } else {
                markers.add(element);
            }
        }
    }

    /** Two pictures, whose planes are all 7. */
    private static final class PlanesDecoder extends FakeDecoder {

        private final YuvToRgb yuvToRgb;

        PlanesDecoder(YuvToRgb yuvToRgb) {
            super("drive", 2, Set.of());
            this.yuvToRgb = yuvToRgb;
        }

        @Override
        public YuvToRgb yuvToRgb() {
            return yuvToRgb;
        }

        @Override
        public void writeYuv(ByteBuffer rgb, ByteBuffer target) {
            for (int i = 0; i < target.capacity(); i++) {
                target.put(i, (byte) 7);
            }
        }
    }

    /** Three pictures, each one column wider than the one before. */
    private static final class GrowingPictures extends FakeDecoder {

        GrowingPictures() {
            super("pics", 3, Set.of());
        }

        @Override
        public String name() {
            return "p" + number();
        }

        @Override
        public StreamInfo info() {
            StreamInfo first = super.info();
            return new StreamInfo(
                    first.name(),
                    first.source(),
                    first.width() + (int) number(),
                    first.height(),
                    first.rotation(),
                    first.timeBase(),
                    first.frameRate(),
                    first.pixelAspect(),
                    first.color());
        }
    }
}
