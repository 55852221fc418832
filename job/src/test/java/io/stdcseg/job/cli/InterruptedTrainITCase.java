// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in processes of their own that come to a bad end, and go on as if they had not. */
class InterruptedTrainITCase {

    private static final int KIBIBYTE = 1024;

    private static TinyTraining training;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @BeforeAll
    static void trainWithoutInterruption(@TempDir Path data) throws IOException {
        training = new TinyTraining(data);
    }

    @Test
    void aKilledTrainingGoesOnFromItsLastEvaluation() throws Exception {
        Path output = folder.resolve("out");

        interrupt(output, Process::destroyForcibly);

        assertThat(output.resolve("training.html")).content().endsWith("</html>\n");
        Weights.read(output.resolve("last.safetensors"), Overrides.NONE);
        assertThat(training.run(stdc, output, "--resume")).as(stdc.err()).isZero();
        training.assertSame(output);
    }

    @Test
    void aTrainingThatIsEndedSavesWhereItIs() throws Exception {
        Path output = folder.resolve("out");

        interrupt(output, Process::destroy);

        assertThat(TinyTraining.names(output)).noneMatch(name -> name.startsWith("."));
        List<JsonNode> lines = TinyTraining.log(output);
        int last = lines.get(lines.size() - 1).get("iteration").asInt();
        assertThat(training.run(stdc, output, "--resume")).as(stdc.err()).isZero();
        assertThat(output.resolve("training.html"))
                .content()
                .contains("iteration " + last + " of an earlier run");
        training.assertSame(output);
    }

    /** A limit on the size of files stands for the disk: a write fails in its middle. */
    @Test
    void aFullDiskLeavesTheTrainingThatCanBeResumed() throws Exception {
        Path output = folder.resolve("out");
        assertThat(training.run(stdc, output, "--iterations", "3")).as(stdc.err()).isZero();
        byte[] before = Files.readAllBytes(output.resolve("state.safetensors"));
        long room = (before.length - 1) / KIBIBYTE; // enough for all weights, not for the state
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + room + "; exec \"$@\"", "-"));
        command.addAll(training.command(output, "--resume"));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains(
                        "stdc: "
                                + output.resolve("state.safetensors")
                                + ": cannot be written: File too large\n");
        assertThat(output.resolve("state.safetensors")).hasBinaryContent(before);
        assertThat(TinyTraining.names(output)).isEqualTo(TinyTraining.names(training.whole()));
        assertThat(training.run(stdc, output, "--resume")).as(stdc.err()).isZero();
        training.assertSame(output);
    }

    /** Starts a training as a process of its own and ends it after its first evaluation. */
    private void interrupt(Path output, Consumer<Process> end) throws Exception {
        Files.createDirectories(output);
        try (WatchService watch = output.getFileSystem().newWatchService()) {
            output.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            Path log = folder.resolve("process.log");
            Process process =
                    new ProcessBuilder(training.command(output))
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            try {
                while (!Files.exists(output.resolve("state.safetensors"))
                        || !Files.exists(output.resolve("training.html"))) {
                    WatchKey key = watch.poll(120, TimeUnit.SECONDS);
                    assertThat(key).as(Files.readString(log)).isNotNull();
                    key.pollEvents();
                    key.reset();
                }
                end.accept(process);
                assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            } finally {
                process.destroyForcibly();
            }
            assertThat(process.exitValue()).as(Files.readString(log)).isGreaterThan(128);
        }
    }
}
