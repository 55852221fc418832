// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.playlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.frame.StreamInfo;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.TextSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a second of a stream of ten frames a second. */
class ChunkCommitterTest {

    @TempDir Path dir;

    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<Committable, PlaylistTiming> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir);
        open(null);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void eachFileIsThereWhenItIsComplete() throws Exception {
        tell(segment(0, 6), segment(6, 5));
        harness.snapshot(1, 0);
        assertChunks();
        tell(segment(11, 6));
        harness.notifyOfCompletedCheckpoint(1);
        assertChunks(frames(0, 11));

        checkpoint(2);
        assertChunks(frames(0, 11));
        tell(segment(17, 6), segment(23, 2), done(25), new Committable.StreamDone("a", 1, null));
        harness.endInput();
        checkpoint(3);

        assertChunks(frames(0, 11), frames(11, 23), frames(23, 25));
        assertOnlyChunksLeft();
    }

    @Test
    void aRestoreAtAnyStepGivesTheSameFiles() throws Exception {
        for (int i = 0; i < 5; i++) {
            tell(segment(4 * i, 4));
            OperatorSubtaskState state = harness.snapshot(3 * i, 0);
            harness.close();
            open(state);
            harness.close();
            open(state);
            checkpoint(3 * i + 1);
            checkpoint(3 * i + 2);
        }
        assertChunks(frames(0, 12));
        tell(segment(20, 4));
        checkpoint(100);
        assertChunks(frames(0, 12), frames(12, 24));
        checkpoint(101);
        try (Stream<Path> staged = Files.list(folder.resolve(folder.newStaged("a")))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void anotherSizeOrAClockThatGoesBackBeginsAFile() throws Exception {
        StreamInfo larger = info("other source");
        tell(segment(0, 3), described(3, segment(3, 3), larger));
        tell(described(6, segment(1, 2), larger), done(8));
        tell(new Committable.StreamDone("a", 1, null));
        checkpoint(1);

        assertChunks(frames(0, 3), frames(3, 6), frames(1, 3));
    }

    @Test
    void filesOfAnEarlierRunGo() throws Exception {
        harness.close();
        for (int i = 0; i < 3; i++) {
            Files.writeString(folder.chunk("a", i, "mp4"), "earlier");
        }
        Path other = Files.writeString(folder.chunk("other", 0, "mp4"), "earlier");

        open(null);

        assertThat(other).exists();
        Files.delete(other);
        assertChunks();
    }

    @Test
    void aSegmentThatIsGoneIsNamed() throws Exception {
        Committable.Segment segment = segment(0, 10);
        tell(segment);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        Files.delete(folder.resolve(segment.file()));

        assertThatThrownBy(() -> open(state))
                .hasRootCauseInstanceOf(InputException.class)
                .hasRootCauseMessage(
                        folder.resolve(segment.file())
                                + ", a piece of a.masked-000000.mp4, is gone, which the checkpoint"
                                + " to go on from needs; start anew");
    }

    private void open(OperatorSubtaskState state) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new RunningCommitter(
                                new Chunks(
                                        folder,
                                        new TextSegments(),
                                        Duration.ofSeconds(1),
                                        Set.of(),
                                        Set.of("a"))));
        harness.getEnvironment()
                .getJobConfiguration()
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void checkpoint(long id) throws Exception {
        harness.snapshot(id, 0);
        harness.notifyOfCompletedCheckpoint(id);
    }

    private void tell(Committable... committables) throws Exception {
        for (Committable committable : committables) {
            harness.processElement(new StreamRecord<>(committable));
        }
    }

    private static Committable done(long frames) {
        return new Committable.RangeDone("a", 0, frames);
    }

    private static StreamInfo info(String source) {
        StreamInfo info = FakeDecoder.info("a");
        return new StreamInfo(
                info.name(),
                source,
                info.width(),
                info.height(),
                info.rotation(),
                info.timeBase(),
                info.frameRate(),
                info.pixelAspect(),
                info.color());
    }

    private Committable.Segment segment(long first, int count) throws IOException {
        String file = folder.newStaged("a/0-" + first + ".mp4");
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), frames(first, first + count));
        return new Committable.Segment(
                0,
                first,
                file,
                count,
                FakeDecoder.pts(first),
                FakeDecoder.pts(first + count - 1),
                FakeDecoder.pts(first + count),
                FakeDecoder.pts(1) - FakeDecoder.pts(0),
                FakeDecoder.info("a"),
                false,
                null);
    }

    private static Committable.Segment described(
            long firstFrame, Committable.Segment segment, StreamInfo info) {
        return new Committable.Segment(
                segment.range(),
                firstFrame,
                segment.file(),
                segment.frames(),
                segment.firstPts(),
                segment.lastPts(),
                segment.endPts(),
                segment.step(),
                info,
                false,
                null);
    }

    private static String frames(long from, long to) {
        StringBuilder lines = new StringBuilder();
        LongStream.range(from, to).forEach(i -> lines.append(i).append('\n'));
        return lines.toString();
    }

    private void assertChunks(String... contents) throws IOException {
        List<Path> chunks;
        try (Stream<Path> files = Files.list(dir)) {
            chunks = files.filter(file -> file.toString().endsWith(".mp4")).sorted().toList();
        }
        assertThat(chunks).hasSize(contents.length);
        for (int i = 0; i < contents.length; i++) {
            assertThat(chunks.get(i)).hasFileName(String.format("a.masked-%06d.mp4", i));
            assertThat(chunks.get(i)).hasContent("audio none\n" + contents[i]);
        }
    }

    private void assertOnlyChunksLeft() throws IOException {
        try (Stream<Path> left = Files.list(dir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.equals(".claim") || name.endsWith(".mp4"));
        }
    }
}
