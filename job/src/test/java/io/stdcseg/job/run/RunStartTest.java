// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.job.options.OptionParser;
import io.stdcseg.job.options.SegmentOptions;
import io.stdcseg.job.options.SegmentSettings;
import io.stdcseg.job.output.KeptRun;
import io.stdcseg.job.output.OutputFolder;
import io.stdcseg.job.source.plan.PlannedStream;
import io.stdcseg.job.source.plan.SourceSpec;
import io.stdcseg.testing.SharedData;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStartTest {

    private static final Path CLIP = SharedData.projectRoot().resolve("samples/street.mp4");

    @TempDir private Path dir;
    private Path output;
    private Path clip;

    @BeforeEach
    void linkASource() throws Exception {
        output = dir.resolve("out");
        clip = Files.createSymbolicLink(dir.resolve("a.mp4"), CLIP.toAbsolutePath());
    }

    @Test
    void withoutResumeARunStartsAnewWhateverLiesThere() throws Exception {
        OutputFolder dead = begin();
        checkpoint(dead, "job/chk-1", 1);
        Files.writeString(output.resolve("summary.json"), "{}");
        Path staged = Files.createDirectories(output.resolve(dead.staging()));
        List<Path> before = files();

        RunStart start = decide();

        assertThat(start.checkpoint()).isNull();
        assertThat(start.complete()).isFalse();
        assertThat(files()).isEqualTo(before);

        prepare(start);

        assertThat(staged).doesNotExist();
        assertThat(output.resolve("summary.json")).doesNotExist();
        assertThat(KeptRun.find(start.folder()).checkpoint()).isNull();
        assertThat(start.folder().run()).isNotEqualTo(dead.run());
    }

    @Test
    void goesOnFromTheLastCheckpointWhicheverJobTookIt() throws Exception {
        OutputFolder run = begin();
        Path older = checkpoint(run, "job1/chk-9", 9);
        Path last = checkpoint(run, "savepoint-job1-0a1b2c", 12);
        Path other = checkpoint(run, "job2/chk-11", 11);
        Files.createDirectories(last.resolveSibling("job3/chk-13"));

        RunStart start = decide("--resume", "--parallelism", "3");

        assertThat(start.checkpoint()).isEqualTo(last);
        assertThat(start.folder().staging()).isEqualTo(run.staging());
        assertThat(start.folder().job()).isNotEqualTo(run.job());

        prepare(start);

        assertThat(List.of(older, other)).noneMatch(Files::exists);
        assertThat(decide("--resume").checkpoint()).isEqualTo(last);
    }

    @Test
    void aRunThatWasKilledBeforeItsFirstCheckpointStartsAnew() throws Exception {
        begin();

        RunStart start = decide("--resume");

        assertThat(start.checkpoint()).isNull();
        assertThat(start.complete()).isFalse();
    }

    @Test
    void aRunIsCompleteWhenItsSummarySaysSoAndNothingIsLeftToPublish() throws Exception {
        OutputFolder run = begin();
        Path summary = output.resolve("summary.json");
        Files.writeString(summary, "{\"interrupted\": false, \"streams\": [{\"name\": \"a\"}]}");
        assertThat(decide("--resume").complete()).isTrue();

        checkpoint(run, "job/chk-3", 3);
        assertThat(decide("--resume").complete()).isFalse();
    }

    @Test
    void aCompleteRunOfOtherSourcesIsNotThisOne() throws Exception {
        Path summary = Files.createDirectories(output).resolve("summary.json");
        Files.writeString(summary, "{\"interrupted\": false, \"streams\": [{\"name\": \"b\"}]}");

        assertThatThrownBy(() -> decide("--resume"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--resume: the run in " + output + " is complete, and had other files");
    }

    @Test
    void aSummaryOfARunThatWasInterruptedIsNothingToGoOnWith() throws Exception {
        Files.createDirectories(output);
        Files.writeString(output.resolve("summary.json"), "{\"interrupted\": true}");

        assertThatThrownBy(() -> decide("--resume"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--resume: --output "
                                + output
                                + " holds no run to go on with; without --resume one begins");
    }

    @Test
    void otherOptionsAreRefusedByName() throws Exception {
        checkpoint(begin("--opacity", "0.3", "--every", "2"), "job/chk-1", 1);

        assertThatThrownBy(() -> decide("--resume", "--opacity", "0.3", "--height", "64"))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "--resume: the run in "
                                + output
                                + " began with --every 2, not 1 and without --height 64; the"
                                + " options it began with are allowed, or others without --resume");
    }

    /** Its operators have no state to miss at first; then they have. */
    @Test
    void kafkaMayComeToARunAndNotGo() throws Exception {
        String[] lines = {"--write", "scores"};
        checkpoint(begin(lines), "job/chk-1", 1);
        String[] kafka = {"--resume", "--write", "scores", "--kafka-servers", "broker:9092"};

        RunStart start = decide(kafka);
        prepare(start, kafka);

        decide("--resume", "--write", "scores", "--kafka-servers", "another:9092");
        assertThatThrownBy(() -> decide("--resume", "--write", "scores"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--resume: the run in " + output + " began with --kafka-topic stdc; the");
    }

    /** Nobody could tell which pieces of a video it had before. */
    @Test
    void kafkaMayNotComeToARunInTheMiddleOfAVideo() throws Exception {
        OutputFolder run = begin();
        decide("--resume", "--kafka-servers", "broker:9092");
        checkpoint(run, "job/chk-1", 1);

        assertThatThrownBy(() -> decide("--resume", "--kafka-servers", "broker:9092"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(
                        "--resume: the run in "
                                + output
                                + " began without --kafka-servers, which may come only to one");
        decide("--resume");
    }

    @Test
    void sourcesAreWhatAPatternFinds() throws Exception {
        clip = dir.resolve("*.mp4");
        checkpoint(begin(), "job/chk-1", 1);
        decide("--resume");
        Files.createSymbolicLink(dir.resolve("b.mp4"), CLIP.toAbsolutePath());

        assertThatThrownBy(() -> decide("--resume"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("began with other files than --source finds now; the");
    }

    private OutputFolder begin(String... options) throws Exception {
        RunStart start = decide(options);
        prepare(start, options);
        return start.folder();
    }

    private void prepare(RunStart start, String... options) throws Exception {
        start.prepare(settings(options), streams());
    }

    private RunStart decide(String... options) throws Exception {
        return RunStart.decide(settings(options), streams(), OutputFolder.of(output));
    }

    private List<PlannedStream> streams() {
        SegmentSettings settings = settings();
        return SourceSpec.plan(settings.sources(), settings.readOptions()).streams();
    }

    private SegmentSettings settings(String... more) {
        List<String> args = new ArrayList<>();
        args.addAll(List.of("--source", clip.toString(), "--output", output.toString()));
        args.addAll(List.of(more));
        return SegmentSettings.of(
                new OptionParser("test", "", SegmentOptions.ALL)
                        .parse(args.toArray(String[]::new)));
    }

    private static Path checkpoint(OutputFolder run, String name, long number) throws Exception {
        Path folder = Files.createDirectories(KeptRun.checkpoints(run).resolve(name));
        try (OutputStream out = Files.newOutputStream(folder.resolve("_metadata"))) {
            Checkpoints.storeCheckpointMetadata(
                    new CheckpointMetadata(number, List.of(), List.of()), out);
        }
        return folder;
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.walk(output)) {
            return all.sorted().toList();
        }
    }
}
