// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.BufferPool;
import io.stdcseg.frame.FrameElement;
import io.stdcseg.frame.FrameElement.RangeEnd;
import io.stdcseg.frame.FrameElement.RangeStart;
import io.stdcseg.frame.FrameElement.StreamEnd;
import io.stdcseg.frame.SegmentedFrame;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.WriterMetrics;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.output.commit.CommittableSerializer;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.Frames;
import io.stdcseg.job.testing.TextSegments;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.CountingAllocator;
import io.stdcseg.testing.ForcedFiles;
import io.stdcseg.testing.OperatorMetrics;
import io.stdcseg.video.VideoCodec;
import io.stdcseg.video.encode.VideoFormat;
import io.stdcseg.video.overlay.OverlayStyle;
import io.stdcseg.video.track.TrackSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.metrics.MetricNames;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentWriterTest {

    @TempDir Path dir;

    private final Frames frames = new Frames(new BufferPool(100, new CountingAllocator()));
    private OutputFolder folder;
    private final OperatorMetrics metrics = new OperatorMetrics();
    private OneInputStreamOperatorTestHarness<FrameElement, Committable> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir.resolve("out"));
        start(SegmentWriter.video(folder, new TextSegments()));
    }

    private void start(SegmentWriter writer) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(writer, metrics.environment());
        harness.setup(CommittableSerializer.INSTANCE);
        harness.open();
    }

    @AfterEach
    void everyFrameIsGivenBackOnce() throws Exception {
        harness.close();
        assertThat(frames.lent()).isZero();
    }

    @Test
    void aSegmentEndsAtEveryBarrierAtTheRangesEndAndAtTheEndOfInput() throws Exception {
        write("a", 0, 1, 2);
        harness.prepareSnapshotPreBarrier(1);
        write("a", 3);
        send(new RangeEnd("a", 0, 4, 0));
        send(new StreamEnd("a", "/videos/a.mp4", 1, null));
        send(new RangeStart("b", 0, 1, 2));
        write("b", 0, 1);
        harness.endInput();

        List<Committable> told = told();
        assertThat(told).hasSize(5);
        assertSegment(told.get(0), "a", 0, 3);
        assertSegment(told.get(1), "a", 3, 1);
        assertThat(told.get(2)).isEqualTo(new Committable.RangeDone("a", 0, 4));
        assertThat(told.get(3)).isEqualTo(new Committable.StreamDone("a", 1, null));
        assertSegment(told.get(4), "b", 0, 2);
        assertThat(metrics.counter(MetricNames.NUM_RECORDS_SEND).getCount()).isEqualTo(6);
        assertThat(metrics.histogram(WriterMetrics.ENCODE_MICROS).getCount()).isEqualTo(6);
        assertThat(metrics.histogram(WriterMetrics.END_TO_END_MICROS).getCount()).isEqualTo(6);
    }

    @Test
    void aSegmentEndsWhereTheClockGoesBackOrThePictureChanges() throws Exception {
        write("a", 5, 6, 6, 7, 3);
        StreamInfo info = FakeDecoder.info("a");
        StreamInfo other =
                new StreamInfo(
                        "a",
                        info.source(),
                        info.height(),
                        info.width(),
                        0,
                        info.timeBase(),
                        info.frameRate(),
                        info.pixelAspect(),
                        info.color());
        send(frames.segmented(frames.frame(other, 0, 8, FakeDecoder.pts(8), null), (byte) 1));
        harness.endInput();

        assertThat(told())
                .extracting(told -> ((Committable.Segment) told).frames())
                .containsExactly(2L, 2L, 1L, 1L);
    }

    @Test
    void playlistsGetFilesOfTheirOwnThatAreNotTooLong() throws Exception {
        SegmentFormat pictures =
                new OverlaySegments(
                        new OverlayStyle(LabelSet.of("camvid"), 0.5),
                        VideoFormat.of(VideoCodec.VP9, null, 60, null));
        start(SegmentWriter.playlists(folder, pictures, true, 0.49));
        write("a", 0, 1, 2, 3, 4, 5, 6, 7, 8);
        send(new RangeEnd("a", 0, 9, 0));
        send(new StreamEnd("a", "/videos/a.mp4", 1, null));

        List<Committable> ofVideo = told();
        List<Committable> ofPlaylist = new ArrayList<>();
        harness.getSideOutput(SegmentWriter.PLAYLISTS)
                .forEach(record -> ofPlaylist.add(record.getValue()));
        assertThat(ofVideo).hasSize(5);
        assertThat(ofPlaylist).hasSize(5);
        assertThat(ofPlaylist.subList(3, 5)).isEqualTo(ofVideo.subList(3, 5));
        for (int i = 0; i < 3; i++) {
            Committable.Segment video = (Committable.Segment) ofVideo.get(i);
            Committable.Segment playlist = (Committable.Segment) ofPlaylist.get(i);
            assertThat(video.frames()).isEqualTo(i < 2 ? 4 : 1);
            assertThat(playlist.in(video.file())).isEqualTo(video);
            assertThat(playlist.file()).startsWith(folder.playlistStaging() + "/a/");
            assertThat(folder.resolve(playlist.file()))
                    .hasSameBinaryContentAs(folder.resolve(video.file()));
        }
        harness.close();

        start(SegmentWriter.playlists(folder, pictures, false, 0.49));
        write("a", 0);
        send(new RangeEnd("a", 0, 1, 0));

        assertThat(told()).containsExactly(new Committable.RangeDone("a", 0, 0));
        assertThat(harness.getSideOutput(SegmentWriter.PLAYLISTS)).hasSize(2);
    }

    /** A power cut after the checkpoint must not take what it covers. */
    @Test
    void theNameOfASegmentIsOnTheDiskBeforeTheBarrierPasses() throws Exception {
        Path segments = folder.resolve(folder.newStaged("a"));
        try (ForcedFiles forced = new ForcedFiles()) {
            write("a", 0);
            harness.prepareSnapshotPreBarrier(1);

            assertThat(told()).hasSize(1);
            assertThat(forced.stop()).last().isEqualTo(segments);
        }
    }

    /** A process that stood still goes on when the staging folder was removed. */
    @Test
    void makesNoStagingFolderWhenTheJobIsOver() throws Exception {
        folder.removeStaging(folder.staging());

        assertThatThrownBy(() -> write("a", 0)).isInstanceOf(IOException.class);

        assertThat(folder.resolve(folder.staging())).doesNotExist();
    }

    @Test
    void aBarrierWithoutFramesMakesNoSegment() throws Exception {
        write("a", 0);
        harness.prepareSnapshotPreBarrier(1);
        harness.prepareSnapshotPreBarrier(2);
        harness.endInput();

        assertThat(told()).hasSize(1);
    }

    @Test
    void streamsAndRangesThatInterleaveHaveSegmentsOfTheirOwn() throws Exception {
        write("a", 0);
        write("b", 0);
        send(frames.segmented(frames.frame("a", 1, 7), (byte) 1));
        write("a", 1);
        write("b", 1);
        harness.prepareSnapshotPreBarrier(1);

        List<Committable> told = told();
        assertThat(told).hasSize(3);
        assertSegment(told.get(0), "a", 0, 2);
        assertSegment(told.get(1), "b", 0, 2);
        assertThat(((Committable.Segment) told.get(2)).range()).isEqualTo(1);
    }

    @Test
    void givesFramesBackBeforeTheSegmentEnds() throws Exception {
        write("a", 0, 1);

        assertThat(frames.lent()).isZero();
    }

    @Test
    void removesItsUnfinishedFilesWhenTheTaskEndsEarly() throws Exception {
        write("a", 0);
        harness.close();

        try (Stream<Path> left = Files.list(folder.resolve(folder.newStaged("a")))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aSizeThatTheEncoderRefusesEndsTheJobWithoutRestart() throws Exception {
        start(
                SegmentWriter.video(
                        folder,
                        new RefusingSegments(new InputException("a size of 4x2 is refused"))));
        SegmentedFrame frame = frames.segmented("a", 0);

        assertThatThrownBy(() -> send(frame))
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage("a size of 4x2 is refused");
        assertThat(frames.lent()).isZero();
    }

    @Test
    void aFrameWithoutMaskIsAFault() {
        assertThatThrownBy(() -> send(frames.frame("a", 3)))
                .hasMessage("frame a#3 came without a mask");
    }

    @Test
    void writesNothingIfNothingIsAskedFor() throws Exception {
        start(SegmentWriter.nothing(OutputFolder.of(dir.resolve("nothing"))));
        write("a", 0, 1);
        send(new RangeEnd("a", 0, 2, 0));
        send(new StreamEnd("a", "/videos/a.mp4", 1, null));
        harness.endInput();

        assertThat(told())
                .containsExactly(
                        new Committable.RangeDone("a", 0, 0),
                        new Committable.StreamDone("a", 1, null));
        assertThat(dir.resolve("nothing")).doesNotExist();
    }

    private void assertSegment(Committable told, String stream, long first, long count)
            throws IOException {
        Committable.Segment segment = (Committable.Segment) told;
        assertThat(segment.stream()).isEqualTo(stream);
        assertThat(segment.firstFrame()).isEqualTo(first);
        assertThat(segment.frames()).isEqualTo(count);
        assertThat(segment.firstPts()).isEqualTo(500 + 100 * first);
        assertThat(segment.lastPts()).isEqualTo(500 + 100 * (first + count - 1));
        assertThat(segment.endPts()).isEqualTo(500 + 100 * (first + count));
        assertThat(segment.audio()).isTrue();
        assertThat(Files.readAllLines(folder.resolve(segment.file()))).hasSize((int) count);
    }

    private List<Committable> told() {
        return harness.extractOutputValues();
    }

    private void write(String stream, long... indices) throws Exception {
        for (long index : indices) {
            send(frames.segmented(stream, index));
        }
    }

    private void send(FrameElement element) throws Exception {
        harness.processElement(new StreamRecord<>(element));
    }

    private record RefusingSegments(InputException why) implements SegmentFormat {

        @Override
        public String ending() {
            return "mp4";
        }

        @Override
        public SegmentFile create(Path file, StreamInfo info) {
            throw why;
        }

        @Override
        public void join(
                List<Path> segments,
                StreamInfo info,
                TrackSource audio,
                Path output,
                Path temporary) {
            throw new AssertionError("nothing was written");
        }
    }
}
