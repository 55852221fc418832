// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.commit.Committable;
import io.stdcseg.job.testing.FakeDecoder;
import io.stdcseg.job.testing.TextSegments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentCommitterTest {

    @TempDir Path dir;

    private boolean cutAudio;
    private Set<String> live = Set.of();
    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<Committable, Void> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir);
        open(null, true);
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void publishesAStreamWhenACheckpointCoversAllOfIt() throws Exception {
        tell(segment("a", 0, 0, 3));
        checkpoint(1);
        tell(segment("a", 0, 3, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();

        harness.snapshot(2, 0);
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();
        harness.notifyOfCompletedCheckpoint(2);

        assertVideo("a", 5);
    }

    @Test
    void aCheckpointCoversOnlyWhatCameBeforeIt() throws Exception {
        tell(segment("a", 0, 0, 3));
        harness.snapshot(1, 0);
        tell(new Committable.RangeDone("a", 0, 3), new Committable.StreamDone("a", 1, null));
        harness.notifyOfCompletedCheckpoint(1);
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();

        checkpoint(2);

        assertVideo("a", 3);
    }

    @Test
    void aLaterCheckpointCoversThoseWhoseNotificationWasLost() throws Exception {
        tellWhole("a", 2);
        harness.snapshot(1, 0);
        harness.snapshot(2, 0);

        harness.notifyOfCompletedCheckpoint(2);

        assertVideo("a", 2);
    }

    @Test
    void aNotificationThatComesTwiceChangesNothing() throws Exception {
        tellWhole("a", 2);
        checkpoint(1);
        Files.writeString(dir.resolve("a.masked.mp4"), "seen");

        harness.notifyOfCompletedCheckpoint(1);

        assertThat(dir.resolve("a.masked.mp4")).hasContent("seen");
    }

    @Test
    void publishesAgainAfterARestore() throws Exception {
        tellWhole("a", 2);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();

        open(state, true);
        assertVideo("a", 2);
        harness.close();

        open(state, true);
        assertVideo("a", 2);
    }

    @Test
    void keepsAnUnfinishedStreamOverARestore() throws Exception {
        tell(segment("a", 0, 0, 3));
        checkpoint(1);
        tell(segment("b", 0, 0, 1));
        OperatorSubtaskState state = harness.snapshot(2, 0);
        tell(segment("a", 0, 3, 9));
        harness.close();

        open(state, true);
        tell(segment("a", 0, 3, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));
        tell(new Committable.RangeDone("b", 0, 1), new Committable.StreamDone("b", 1, null));
        end(3);

        assertVideo("a", 5);
        assertVideo("b", 1);
        assertOnlyVideosLeft("a", "b");
    }

    @Test
    void theCheckpointAfterTheEndRemovesTheStagingFolder() throws Exception {
        tellWhole("a", 2);
        checkpoint(1);
        assertThat(dir.resolve(folder.staging())).exists();

        end(2);

        assertOnlyVideosLeft("a");
    }

    @Test
    void aRestoreAfterTheStagingFolderWentFindsEverythingPublished() throws Exception {
        tellWhole("a", 2);
        harness.endInput();
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.notifyOfCompletedCheckpoint(1);
        harness.close();
        assertOnlyVideosLeft("a");

        open(state, true);
        end(2);

        assertVideo("a", 2);
        assertOnlyVideosLeft("a");
    }

    @Test
    void aPublishedStreamsSegmentsGoWhenACheckpointKnows() throws Exception {
        tellWhole("a", 2);
        tell(segment("b", 0, 0, 1));
        checkpoint(1);
        assertVideo("a", 2);
        assertThat(dir.resolve(folder.newStaged("a"))).isNotEmptyDirectory();

        OperatorSubtaskState state = harness.snapshot(2, 0);
        assertThat(dir.resolve(folder.newStaged("a"))).isNotEmptyDirectory();
        harness.close();
        // The machine stopped before anybody was told that the checkpoint is complete.
        open(state, true);

        assertThat(dir.resolve(folder.newStaged("a"))).doesNotExist();
        assertThat(dir.resolve(folder.newStaged("b"))).isNotEmptyDirectory();
        tell(new Committable.RangeDone("b", 0, 1), new Committable.StreamDone("b", 1, null));
        checkpoint(3);
        checkpoint(4);
        assertThat(dir.resolve(folder.newStaged("b"))).doesNotExist();
        end(5);
        assertOnlyVideosLeft("a", "b");
    }

    @Test
    void goingBackBehindThePublicationOfAStreamKeepsItsVideo() throws Exception {
        tell(segment("a", 0, 0, 3));
        checkpoint(1);
        OperatorSubtaskState savepoint = harness.snapshot(2, 0);
        tell(segment("a", 0, 3, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));
        checkpoint(3);
        checkpoint(4);
        assertThat(dir.resolve(folder.newStaged("a"))).doesNotExist();
        harness.close();
        Files.delete(dir.resolve(".claim"));

        folder = OutputFolder.of(dir);
        open(savepoint, true);
        tell(segment("a", 0, 3, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));
        end(5);

        assertVideo("a", 5);
        assertOnlyVideosLeft("a");
    }

    @Test
    void theVideoOfAnEarlierRunIsNotTakenForThisOnes() throws Exception {
        Path video = Files.writeString(dir.resolve("a.masked.mp4"), "earlier");
        Files.setLastModifiedTime(video, FileTime.from(Instant.now().minusSeconds(60)));
        tellWhole("a", 2);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        folder.removeStaging(folder.staging());

        assertThatThrownBy(() -> open(state, true))
                .hasRootCauseInstanceOf(InputException.class)
                .hasRootCauseMessage(
                        folder.resolve(folder.newStaged("a/0-0.mp4"))
                                + ", a piece of a.masked.mp4, is gone, which the checkpoint to go"
                                + " on from needs; start anew");
        assertThat(video).hasContent("earlier");
    }

    @Test
    void aSegmentThatIsGoneIsNamed() throws Exception {
        tell(segment("a", 0, 0, 2), segment("a", 0, 2, 2), new Committable.RangeDone("a", 0, 4));
        tell(new Committable.StreamDone("a", 1, null));
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        Files.delete(folder.resolve(folder.newStaged("a/0-2.mp4")));

        assertThatThrownBy(() -> open(state, true))
                .rootCause()
                .hasMessageStartingWith(
                        folder.resolve(folder.newStaged("a/0-2.mp4"))
                                + ", a piece of a.masked.mp4, is gone");
    }

    @Test
    void publishesAtTheEndWhereNoCheckpointComes() throws Exception {
        harness.close();
        open(null, false);
        tellWhole("a", 2);

        harness.endInput();

        assertVideo("a", 2);
        assertOnlyVideosLeft("a");
    }

    @Test
    void removesTheStagingFolderOfTheJobThatTookTheSavepoint() throws Exception {
        tell(segment("a", 0, 0, 1));
        OperatorSubtaskState state = harness.snapshot(1, 0);
        harness.close();
        folder = OutputFolder.of(dir);

        open(state, true);
        tell(segment("a", 0, 1, 1), new Committable.RangeDone("a", 0, 2));
        tell(new Committable.StreamDone("a", 1, null));
        end(2);

        assertVideo("a", 2);
        assertOnlyVideosLeft("a");
    }

    @Test
    void aJobDrainedInTheMiddlePublishesWhatItHasAndCanBeGoneOnWith() throws Exception {
        tell(segment("a", 0, 0, 3));
        OperatorSubtaskState savepoint = harness.snapshot(1, 0);
        tell(segment("a", 0, 3, 1), segment("b", 0, 0, 1), segment("b", 0, 1, 2));

        end(2);

        assertVideo("a", 4);
        assertVideo("b", 3);
        assertThat(dir.resolve(folder.staging())).isNotEmptyDirectory();
        harness.close();

        open(savepoint, true);
        tell(segment("a", 0, 3, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));
        tellWhole("b", 6);
        end(3);

        assertVideo("a", 5);
        assertVideo("b", 6);
        assertOnlyVideosLeft("a", "b");
    }

    @Test
    void joinsRangesInOrderWhoeverEndsFirst() throws Exception {
        tell(new Committable.StreamDone("a", 2, null));
        tell(segment("a", 1, 0, 2), new Committable.RangeDone("a", 1, 2));
        checkpoint(1);
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();
        tell(segment("a", 0, 2, 1));
        tell(segment("a", 0, 0, 2), new Committable.RangeDone("a", 0, 3));

        checkpoint(2);

        assertThat(dir.resolve("a.masked.mp4"))
                .content()
                .containsSubsequence("0 500", "1 600", "2 700", "0 500", "1 600");
    }

    @Test
    void takesSoundForThePartThatWasRead() throws Exception {
        harness.close();
        cutAudio = true;
        open(null, true);
        tell(segment("a", 0, 2, 3), segment("a", 0, 5, 2), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));

        checkpoint(1);

        assertThat(dir.resolve("a.masked.mp4"))
                .content()
                .startsWith("audio /videos/a.mp4 0.70 1.20\n");
    }

    @Test
    void streamsWithAnErrorOrWithoutFramesPublishNothing() throws Exception {
        tell(new Committable.StreamDone("gone", 0, "it does not exist"));
        tell(
                new Committable.RangeDone("empty", 0, 0),
                new Committable.StreamDone("empty", 1, null));

        end(1);

        assertThat(dir).isEmptyDirectory();
    }

    @Test
    void lostFramesAreNotPublished() throws Exception {
        tell(segment("a", 0, 0, 3), new Committable.RangeDone("a", 0, 4));
        tell(new Committable.StreamDone("a", 1, null));
        harness.snapshot(1, 0);

        assertThatThrownBy(() -> harness.notifyOfCompletedCheckpoint(1))
                .hasMessage("pieces of stream a, range 0, hold 3 frames; the range has 4");
        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();
    }

    @Test
    void aLiveStreamsVideoHasNoSound() throws Exception {
        harness.close();
        live = Set.of("a");
        open(null, true);
        tellWhole("a", 2);
        tellWhole("b", 2);

        checkpoint(1);

        assertThat(dir.resolve("a.masked.mp4")).content().startsWith("audio none\n0 500\n");
        assertVideo("b", 2);
    }

    @Test
    void aLiveStreamWhoseClockGoesBackIsSeveralVideos() throws Exception {
        harness.close();
        live = Set.of("a");
        open(null, true);
        Committable.Segment back = segment("a", 0, 1, 2);
        tell(segment("a", 0, 0, 3), from(3, back), new Committable.RangeDone("a", 0, 5));
        tell(new Committable.StreamDone("a", 1, null));

        end(1);

        assertThat(dir.resolve("a.masked.mp4")).doesNotExist();
        assertThat(folder.chunk("a", 0, "mp4")).hasContent("audio none\n0 500\n1 600\n2 700\n");
        assertThat(folder.chunk("a", 1, "mp4")).hasContent("audio none\n1 600\n2 700\n");
    }

    private static Committable.Segment from(long firstFrame, Committable.Segment segment) {
        return new Committable.Segment(
                segment.range(),
                firstFrame,
                segment.file(),
                segment.frames(),
                segment.firstPts(),
                segment.lastPts(),
                segment.endPts(),
                segment.step(),
                segment.info(),
                segment.audio(),
                null);
    }

    private void open(OperatorSubtaskState state, boolean checkpoints) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new SegmentCommitter(folder, new TextSegments(), cutAudio, live));
        if (checkpoints) {
            harness.getEnvironment()
                    .getJobConfiguration()
                    .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        }
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

    private void end(long id) throws Exception {
        harness.endInput();
        checkpoint(id);
    }

    private void tellWhole(String stream, int frames) throws Exception {
        tell(segment(stream, 0, 0, frames), new Committable.RangeDone(stream, 0, frames));
        tell(new Committable.StreamDone(stream, 1, null));
    }

    private void tell(Committable... committables) throws Exception {
        for (Committable committable : committables) {
            harness.processElement(new StreamRecord<>(committable));
        }
    }

    private Committable.Segment segment(String stream, int range, long first, int count)
            throws IOException {
        String file = folder.newStaged(stream + "/" + range + "-" + first + ".mp4");
        Files.createDirectories(folder.resolve(file).getParent());
        List<String> lines =
                LongStream.range(first, first + count)
                        .mapToObj(i -> i + " " + FakeDecoder.pts(i))
                        .toList();
        Files.write(folder.resolve(file), lines);
        return new Committable.Segment(
                range,
                first,
                file,
                count,
                FakeDecoder.pts(first),
                FakeDecoder.pts(first + count - 1),
                FakeDecoder.pts(first + count),
                FakeDecoder.pts(1) - FakeDecoder.pts(0),
                FakeDecoder.info(stream),
                true,
                null);
    }

    private void assertVideo(String stream, int frames) {
        List<String> lines = new ArrayList<>(List.of("audio /videos/" + stream + ".mp4"));
        for (int i = 0; i < frames; i++) {
            lines.add(i + " " + FakeDecoder.pts(i));
        }
        assertThat(dir.resolve(stream + ".masked.mp4")).hasContent(String.join("\n", lines) + "\n");
    }

    private void assertOnlyVideosLeft(String... streams) throws IOException {
        try (var left = Files.list(dir)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            java.util.Arrays.stream(streams)
                                    .map(stream -> stream + ".masked.mp4")
                                    .toArray(String[]::new));
        }
    }
}
