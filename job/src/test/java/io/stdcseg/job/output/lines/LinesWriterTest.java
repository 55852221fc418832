// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.output.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.output.LineFormat;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.output.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LinesWriterTest {

    @TempDir private Path output;

    private OutputFolder folder;
    private LineFormat format = LineFormat.JSONL;
    private OneInputStreamOperatorTestHarness<Integer, Void> harness;

    @Test
    void publishesWhatACompletedCheckpointCovers() throws Exception {
        open(null, true);
        write(1, 2);
        harness.snapshot(1, 0);
        write(3);
        assertThat(published()).isEmpty();

        harness.notifyOfCompletedCheckpoint(1);
        assertThat(lines()).containsExactly(1, 2);

        checkpoint(2);
        harness.close();
        assertThat(lines()).containsExactly(1, 2, 3);
        assertThat(published()).hasSize(2).isSorted();
        assertThat(files()).isEqualTo(published());
    }

    @Test
    void goesOnWithoutGapOrDuplicate() throws Exception {
        open(null, true);
        write(1);
        checkpoint(1);
        write(2);
        OperatorSubtaskState state = harness.snapshot(2, 0);
        write(3);
        kill();

        open(state, true);
        assertThat(lines()).containsExactly(1, 2);
        write(3, 4);
        harness.endInput();
        checkpoint(3);
        harness.close();

        assertThat(lines()).containsExactly(1, 2, 3, 4);
        assertThat(files()).isEqualTo(published());
    }

    @Test
    void goesOnFromAnEarlierCheckpointThanTheLast() throws Exception {
        open(null, true);
        write(1);
        harness.snapshot(1, 0);
        harness.notifyOfCompletedCheckpoint(1);
        OperatorSubtaskState savepoint = harness.snapshot(2, 0);
        harness.notifyOfCompletedCheckpoint(2);
        write(2, 3);
        checkpoint(3);
        harness.close();
        assertThat(lines()).containsExactly(1, 2, 3);

        open(savepoint, true);
        assertThat(lines()).containsExactly(1);
        write(2);
        checkpoint(4);
        harness.close();

        assertThat(lines()).containsExactly(1, 2);
    }

    @Test
    void startingAnewRemovesTheLinesOfAnEarlierRunAndNothingElse() throws Exception {
        open(null, true);
        write(1);
        checkpoint(1);
        write(2);
        kill();
        Path notes = Files.writeString(output.resolve("scores/notes.txt"), "x");

        open(null, true);

        assertThat(files()).containsExactly("notes.txt");
        assertThat(notes).hasContent("x");
        harness.close();
    }

    @Test
    void aCheckpointWhoseFilesAreGoneIsRefusedByName() throws Exception {
        open(null, true);
        write(1);
        OperatorSubtaskState state = harness.snapshot(1, 0);
        kill();
        String name = files().get(0);
        Files.delete(output.resolve("scores").resolve(name));

        assertThatThrownBy(() -> open(state, true))
                .hasRootCauseInstanceOf(InputException.class)
                .hasRootCauseMessage(
                        output.resolve("scores").resolve(name.substring(1))
                                + " is gone, which the checkpoint to go on from needs; go on from"
                                + " a later one, or start anew");
    }

    @Test
    void publishesAtTheEndWhereNoCheckpointComes() throws Exception {
        open(null, false);
        write(1, 2);

        harness.endInput();
        harness.close();

        assertThat(lines()).containsExactly(1, 2);
        assertThat(files()).isEqualTo(published());
    }

    @Test
    void aTaskThatFailsRemovesTheFileItIsAt() throws Exception {
        open(null, true);
        write(1);

        harness.close();

        assertThat(files()).isEmpty();
    }

    /** An exception there would end the process, and all that runs in it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskDoesNotKeepATaskFromBeingClosed() throws Exception {
        open(null, true);
        Path full = Files.createDirectories(output.resolve("scores")).resolve("full");
        Files.createSymbolicLink(full, Path.of("/dev/full"));
        LinesFile file = new LinesFile(LineFormat.JSONL, full, new Scratch(output));
        file.add(Map.of("value", 1));

        assertThatThrownBy(file::finish)
                .hasMessage(full + ": cannot be written: No space left on device");
        file.abandon();

        assertThat(files()).isEmpty();
        harness.close();
    }

    /** A file names its columns once: a row with others begins a new one. */
    @Test
    void writesCommaSeparatedValuesInThePlaceOfEarlierLines() throws Exception {
        open(null, true);
        write(1);
        checkpoint(1);
        format = LineFormat.CSV;
        open(null, true);
        assertThat(files()).isEmpty();

        write(1, 2, 1003, 4);
        OperatorSubtaskState state = harness.snapshot(2, 0);
        write(5);
        kill();
        open(state, true);
        write(6);
        checkpoint(3);
        harness.close();

        List<List<String>> contents = new ArrayList<>();
        for (String name : files()) {
            assertThat(name).endsWith(".csv");
            contents.add(Files.readAllLines(output.resolve("scores").resolve(name)));
        }
        assertThat(contents)
                .containsExactly(
                        List.of("value", "1", "2"),
                        List.of("large", "1003"),
                        List.of("value", "4"),
                        List.of("value", "6"));
    }

    private void open(OperatorSubtaskState state, boolean checkpoints) throws Exception {
        if (folder == null) {
            folder = OutputFolder.of(output);
        }
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new LinesWriter<>(
                                folder,
                                folder.scores().in(format),
                                value -> Map.of(value > 1000 ? "large" : "value", value)));
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

    private void write(int... values) throws Exception {
        for (int value : values) {
            harness.processElement(new StreamRecord<>(value));
        }
    }

    private void checkpoint(long id) throws Exception {
        harness.snapshot(id, 0);
        harness.notifyOfCompletedCheckpoint(id);
    }

    /** Leaves everything as it is, as a process does that is killed. */
    private void kill() {
        harness = null;
    }

    private List<Integer> lines() throws IOException {
        List<Integer> values = new ArrayList<>();
        for (String name : published()) {
            for (String line : Files.readAllLines(output.resolve("scores").resolve(name))) {
                values.add(Integer.valueOf(line.replaceAll("\\D", "")));
            }
        }
        return values;
    }

    private List<String> published() throws IOException {
        return files().stream().filter(name -> !name.startsWith(".")).toList();
    }

    private List<String> files() throws IOException {
        Path folder = output.resolve("scores");
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
