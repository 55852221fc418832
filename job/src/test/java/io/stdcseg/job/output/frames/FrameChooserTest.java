// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.frame.FrameElement.SkippedPicture;
import io.stdcseg.function.score.StreamTotals;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.testing.FolderStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FrameChooserTest {

    @TempDir private Path dir;

    private OutputFolder folder;
    private OneInputStreamOperatorTestHarness<FrameEvent, Void> harness;

    @BeforeEach
    void start() throws Exception {
        folder = OutputFolder.of(dir);
    }

    /** A folder of that name may be what the run reads; a restart would find it again. */
    @Test
    void leavesFilesThatNoRunPublished() throws Exception {
        Path other = own("other_000020.jpg");
        own("readme.txt");
        open(null, 2);
        send("other", 20, 0.75);
        end("clip");

        assertThatThrownBy(() -> harness.endInput())
                .isInstanceOf(SuppressRestartsException.class)
                .hasRootCauseMessage(
                        other
                                + " has a kept frame's name, and no run published it; move it, or"
                                + " give another --output, to keep frames");
        assertThat(other).hasContent("mine");
    }

    @Test
    void whatCannotBePublishedInTheEndIsRefusedAtTheBeginning() throws Exception {
        Path own = own("clip_000020.jpg");

        assertThatThrownBy(() -> open(null, 2))
                .isInstanceOf(SuppressRestartsException.class)
                .rootCause()
                .hasMessageStartingWith(own + " has a kept frame's name");
        assertThat(own).hasContent("mine");
    }

    private Path own(String image) throws IOException {
        Path own = dir.resolve("frames/images").resolve(image);
        Files.createDirectories(own.getParent());
        return Files.writeString(own, "mine");
    }

    @Test
    void publishesTheWorstAsATrainingReadsThem() throws Exception {
        Path images = Files.createDirectories(dir.resolve("frames/images"));
        Path stale = Files.writeString(images.resolve("old_000001.jpg"), "x");
        Files.writeString(folder.keptFrames(), "{\"image\":\"images/old_000001.jpg\"}\n");
        open(null, 2);
        assertThat(stale).doesNotExist();
        send("clip", 0, 0.25);
        send("clip", 20, 0.75);
        send("clip", 40, 0.5);
        end("clip");
        harness.endInput();

        assertThat(files("frames"))
                .containsExactly(
                        "frames.jsonl",
                        "images/clip_000020.jpg",
                        "images/clip_000040.jpg",
                        "labels/clip_000020.png",
                        "labels/clip_000040.png");
        assertThat(dir.resolve("frames/images/clip_000040.jpg")).hasContent("clip40.jpg");
        List<String> lines = Files.readAllLines(dir.resolve("frames/frames.jsonl"));
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(lines).hasSize(2);
        assertThat(first.get("image").asText()).isEqualTo("images/clip_000020.jpg");
        assertThat(first.get("label").asText()).isEqualTo("labels/clip_000020.png");
        assertThat(first.get("stream").asText()).isEqualTo("clip");
        assertThat(first.get("frame").asInt()).isEqualTo(20);
        assertThat(first.get("seconds").asDouble()).isEqualTo(2.0);
        assertThat(first.get("reason").asText()).isEqualTo("miou");
        assertThat(first.get("worth").asDouble()).isEqualTo(0.75);
        assertThat(first.get("miou").asDouble()).isEqualTo(0.25);
        assertThat(first.get("stability").isNull()).isTrue();
        assertThat(first.get("picture").isNull()).isTrue();
    }

    @Test
    void filesThatNoCheckpointKnowsOfGoAtOnce() throws Exception {
        open(null, 1);
        send("clip", 0, 0.3);
        send("clip", 20, 0.2);
        send("clip", 40, 0.4);

        // Two wait for one that is chosen: of 0 and 2 s the worse.
        assertThat(staged()).containsExactly("clip0.jpg", "clip0.png", "clip40.jpg", "clip40.png");
    }

    @Test
    void othersGoWhenNoCheckpointNeedsThem() throws Exception {
        open(null, 1);
        send("clip", 0, 0.3);
        checkpoint(1);
        send("clip", 1, 0.4);
        harness.processElement(new StreamRecord<>(FrameEvent.of(TimeBuckets.FINEST + 4)));
        assertThat(staged()).contains("clip0.jpg");
        checkpoint(2); // A savepoint may have been taken beside it.
        assertThat(staged()).contains("clip0.jpg");
        checkpoint(3);

        assertThat(staged()).containsExactly("clip1.jpg", "clip1.png");
    }

    @Test
    void whatFollowsAFailureIsAsWithoutIt() throws Exception {
        open(null, 2);
        sendFrom(0, 50);
        harness.snapshot(1, 0);
        OperatorSubtaskState state = harness.snapshot(2, 0);
        harness.notifyOfCompletedCheckpoint(2);
        sendFrom(50, 70);
        harness.snapshot(3, 0); // Of which nobody hears.
        harness.close();

        open(state, 2);
        sendFrom(50, 100);
        end("clip");
        harness.endInput();
        List<String> disturbed = Files.readAllLines(dir.resolve("frames/frames.jsonl"));
        harness.close();
        open(null, 2);
        sendFrom(0, 100);
        harness.endInput();

        assertThat(disturbed)
                .hasSize(2)
                .isEqualTo(Files.readAllLines(dir.resolve("frames/frames.jsonl")));
    }

    /** Of a job that was drained another goes on. */
    @Test
    void theStagingFolderStaysUntilAllStreamsHaveEnded() throws Exception {
        open(null, 2);
        send("clip", 0, 0.5);
        harness.endInput();
        assertThat(staged()).hasSize(2);
        assertThat(files("frames")).hasSize(3);
        harness.close();

        open(null, 2);
        send("clip", 0, 0.5);
        withoutEnd("clip");
        harness.endInput();
        assertThat(staged()).isNotEmpty();
        harness.close();

        open(null, 2);
        send("clip", 0, 0.5);
        end("clip");
        harness.endInput();
        assertThat(dir.resolve(folder.frameStaging())).doesNotExist();
        assertThat(files("frames")).hasSize(3);
    }

    @Test
    void goesOnFromAnEarlierJobsFolder() throws Exception {
        open(null, 2);
        send("clip", 0, 0.5);
        OperatorSubtaskState savepoint = harness.snapshot(1, 0);
        harness.endInput();
        harness.close();
        folder.release();
        String before = folder.frameStaging();
        folder = OutputFolder.of(dir);

        open(savepoint, 2);
        send("clip", 20, 0.25);
        end("clip");
        harness.endInput();

        assertThat(files("frames")).contains("images/clip_000000.jpg", "images/clip_000020.jpg");
        assertThat(dir.resolve(before)).doesNotExist();
        assertThat(dir.resolve(folder.frameStaging())).doesNotExist();
    }

    /**
     * What publishes videos may fail by the checkpoint that ends the run, and all go on from it.
     */
    @Test
    void whatIsPublishedStaysWhereOthersFailAfterTheEnd() throws Exception {
        open(null, 2);
        sendFrom(0, 50);
        end("clip");
        OperatorSubtaskState last = harness.snapshot(1, 0);
        harness.endInput();
        assertThat(dir.resolve(folder.frameStaging())).doesNotExist();
        List<String> published = files("frames");
        List<String> lines = Files.readAllLines(folder.keptFrames());
        harness.close();

        open(last, 2);
        harness.endInput();

        assertThat(files("frames")).hasSize(5).isEqualTo(published);
        assertThat(Files.readAllLines(folder.keptFrames())).hasSize(2).isEqualTo(lines);
    }

    @Test
    void framesThatAreGoneAreNotChosen() throws Exception {
        open(null, 2);
        send("clip", 0, 0.5);
        send("clip", 20, 0.25);
        OperatorSubtaskState savepoint = harness.snapshot(1, 0);
        harness.close();
        Files.delete(dir.resolve(folder.frameStaging()).resolve("clip0.png"));

        open(savepoint, 2);
        harness.endInput();

        assertThat(files("frames/images")).containsExactly("clip_000020.jpg");
    }

    @Test
    void aStateOfAnotherVersionIsRefused() throws IOException {
        ChooserState.Serializer serializer = new ChooserState.Serializer();
        KeptFrame picture =
                new KeptFrame(
                        "a", 7, -3, "b", KeptFrames.quality(0.5, 0.25, 0, 1), "i.jpg", "l.png");
        ChooserState state =
                new ChooserState(
                        31, List.of(picture), List.of("u.jpg"), Set.of("e"), Set.of(".staging"));

        byte[] written = serializer.serialize(state);

        assertThat(serializer.deserialize(1, written)).isEqualTo(state);
        assertThatThrownBy(() -> serializer.deserialize(2, written))
                .hasMessage("kept frames' state of version 2 cannot be read; version 1 is known");
    }

    @Test
    void aStoreGetsThemToo() throws Exception {
        folder = OutputFolder.of(FolderStore.of(dir));
        open(null, 1);
        send("clip", 0, 0.3);
        send("clip", 20, 0.2);
        send("clip", 40, 0.4);
        assertThat(staged()).hasSize(4);
        end("clip");
        harness.endInput();

        assertThat(dir.resolve("frames/images/clip_000040.jpg")).hasContent("clip40.jpg");
        assertThat(files("frames")).hasSize(3);
        assertThat(dir.resolve(folder.frameStaging())).doesNotExist();
    }

    /** Each request takes its time. */
    @Test
    @Timeout(60)
    void aStoreIsAskedForManyAtATime() throws Exception {
        folder = OutputFolder.of(FolderStore.of(dir));
        open(null, 4);
        for (int i = 0; i < 4; i++) {
            send("clip", 20 * i, 0.5);
        }
        try (AutoCloseable together = FolderStore.readingTogether(8)) {
            harness.endInput();
        }

        assertThat(files("frames/images")).hasSize(4);
    }

    private void open(OperatorSubtaskState state, int count) throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new FrameChooser(folder, Set.of("clip"), false, count));
        harness.setup(VoidSerializer.INSTANCE);
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
    }

    private void checkpoint(long id) throws Exception {
        harness.snapshot(id, 0);
        harness.notifyOfCompletedCheckpoint(id);
    }

    private void sendFrom(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            send("clip", i, (i * 37 % 100) / 100.0);
        }
    }

    private void send(String stream, long index, double worth) throws Exception {
        String file = folder.frameStaging() + "/" + stream + index;
        KeptFrame frame = KeptFrames.frame(stream, index, worth).in(file + ".jpg", file + ".png");
        Files.createDirectories(dir.resolve(folder.frameStaging()));
        Files.writeString(dir.resolve(frame.image()), stream + index + ".jpg");
        Files.writeString(dir.resolve(frame.label()), stream + index + ".png");
        harness.processElement(new StreamRecord<>(FrameEvent.of(frame)));
    }

    private void end(String stream) throws Exception {
        end(stream, stream + ".mp4");
    }

    private void withoutEnd(String stream) throws Exception {
        end(stream, null);
    }

    private void end(String stream, String source) throws Exception {
        List<SkippedPicture> none = List.of();
        harness.processElement(
                new StreamRecord<>(
                        FrameEvent.of(
                                new StreamTotals(stream, source, 1, 0, none, null, 0, null))));
    }

    private List<String> staged() throws IOException {
        return files(folder.frameStaging());
    }

    private List<String> files(String below) throws IOException {
        Path root = dir.resolve(below);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
