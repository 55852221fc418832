// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.testing.SharedData;
import io.stdcseg.video.decode.VideoDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in processes of their own that are interrupted or killed, and gone on with. */
class ResumeITCase {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> STREAMS = List.of("street", "street-2", "street-3");
    private static final int FRAMES = 40;
    private static final int SIGKILL = 128 + 9;
    private static final int SIGTERM = 128 + 15;

    @TempDir private static Path data;
    private static Path whole;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @BeforeAll
    static void runWithoutInterruption() throws IOException {
        for (String stream : STREAMS) {
            Path labels = Files.createDirectories(data.resolve("labels")).resolve(stream);
            Files.createSymbolicLink(labels, samples().resolve("labels"));
        }
        whole = data.resolve("whole");
        CommandLineRunner stdc = new CommandLineRunner();
        assertThat(stdc.run(command(whole))).as(stdc.err()).isZero();
    }

    @Test
    void anInterruptedRunLeavesWhatItDidAndGoesOn() throws Exception {
        Path output = folder.resolve("out");

        String said = end(output, List.of(), "street-2", Process::destroy, SIGTERM);

        JsonNode summary = summary(output);
        assertThat(said)
                .contains("\ninterrupted: " + summary.get("frames").asInt() + " frames in ")
                .endsWith("the same command with --resume goes on\n");
        assertThat(summary.get("interrupted").asBoolean()).isTrue();
        assertThat(output.resolve("report.html")).isNotEmptyFile();
        for (JsonNode stream : summary.get("streams")) {
            int frames = stream.get("frames").asInt();
            String name = stream.get("name").asText();
            assertThat(times(output, name)).isEqualTo(times(whole, name).subList(0, frames));
            assertThat(masks(output, name)).hasSize(frames);
        }
        assertThat(KeptFiles.of(output)).hasSize(1 + 2 * 5);
        assertThat(stdc.run(command(output, "--resume", "--opacity", "0.7"))).isEqualTo(2);
        assertThat(stdc.err())
                .endsWith(
                        "began with --opacity 0.5, not 0.7; the options it began with are allowed,"
                                + " or others without --resume\n")
                .hasLineCount(1);

        goOn(output, "--parallelism", "2");

        assertThat(stdc.run(command(output, "--resume"))).isZero();
        assertThat(stdc.out()).contains(output + " is complete: " + 3 * FRAMES + " frames");
    }

    @Test
    void aKilledRunGoesOnFromItsLastCheckpointAgainAndAgain() throws Exception {
        Path output = folder.resolve("out");

        end(output, List.of(), "street-2", Process::destroyForcibly, SIGKILL);
        end(output, List.of("--resume"), "street-3", Process::destroyForcibly, SIGKILL);

        assertThat(checkpoints(output)).hasSizeBetween(1, 2);
        goOn(output);
    }

    @Test
    void whereNothingIsKeptThereIsNothingToGoOnWith() {
        assertThat(stdc.run(command(folder.resolve("out"), "--resume"))).isEqualTo(2);
        assertThat(stdc.err())
                .isEqualTo(
                        "stdc: --resume: --output "
                                + folder.resolve("out")
                                + " holds no run to go on with; without --resume one begins\n");
        assertThat(folder).isEmptyDirectory();
    }

    /** Goes on and compares; what was done before is not done again. */
    private void goOn(Path output, String... more) throws IOException {
        Path done = output.resolve("masks/street/000000.png");
        byte[] mask = Files.readAllBytes(done);
        Files.delete(done);

        List<String> options = new ArrayList<>(List.of(more));
        options.add("--resume");
        int code = stdc.run(command(output, options.toArray(String[]::new)));

        assertThat(code).as(stdc.err()).isZero();
        assertThat(done).doesNotExist();
        Files.write(done, mask);
        assertSame(output);
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("."));
        }
    }

    private static void assertSame(Path output) throws IOException {
        for (String stream : STREAMS) {
            assertThat(times(output, stream)).isEqualTo(times(whole, stream)).hasSize(FRAMES);
            Map<String, byte[]> masks = masks(whole, stream);
            assertThat(masks(output, stream)).hasSize(FRAMES).containsExactlyEntriesOf(masks);
        }
        assertThat(windows(output)).isEqualTo(windows(whole)).isNotEmpty();
        assertThat(KeptFiles.of(output))
                .hasSize(1 + 2 * 5)
                .containsExactlyEntriesOf(KeptFiles.of(whole));
        for (String key : List.of("frames", "interrupted", "streams", "scores")) {
            assertThat(summary(output).get(key)).as(key).isEqualTo(summary(whole).get(key));
        }
    }

    /**
     * Runs a process, ends it when it has begun a stream and has a checkpoint, and returns what it
     * said.
     */
    private String end(
            Path output, List<String> more, String stream, Consumer<Process> how, int exitCode)
            throws Exception {
        Path log = folder.resolve("log-" + stream);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stdc.class.getName()));
        command.addAll(List.of(command(output, more.toArray(String[]::new))));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            while (masks(output, stream).isEmpty() || checkpoints(output).isEmpty()) {
                assertThat(process.waitFor(10, TimeUnit.MILLISECONDS))
                        .as(() -> "ended before it was to: " + read(log))
                        .isFalse();
            }
            how.accept(process);
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(read(log)).isEqualTo(exitCode);
        return read(log);
    }

    private static String[] command(Path output, String... more) {
        List<String> args = new ArrayList<>(List.of("segment", "--output", output.toString()));
        for (int i = 0; i < STREAMS.size(); i++) {
            args.addAll(List.of("--source", samples().resolve("street.mp4").toString()));
        }
        args.addAll(List.of("--labels", data.resolve("labels").toString()));
        args.addAll(List.of("--write", "video,masks,scores,throughput,report"));
        args.addAll(List.of("--keep-frames", "5"));
        args.addAll(List.of("--max-frames", String.valueOf(FRAMES), "--height", "64"));
        args.addAll(List.of("--window", "1", "--slide", "0.5", "--precision", "fp32"));
        args.addAll(List.of("--engine", "pytorch", "--checkpoint-interval", "200ms"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    private static Path samples() {
        return SharedData.projectRoot().resolve("samples").toAbsolutePath().normalize();
    }

    private static JsonNode summary(Path output) throws IOException {
        return MAPPER.readTree(output.resolve("summary.json").toFile());
    }

    /** By file name. */
    private static Map<String, byte[]> masks(Path output, String stream) throws IOException {
        Map<String, byte[]> masks = new TreeMap<>();
        Path masksOfStream = output.resolve("masks").resolve(stream);
        if (Files.isDirectory(masksOfStream)) {
            try (Stream<Path> files = Files.list(masksOfStream)) {
                for (Path file : files.toList()) {
                    masks.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return masks;
    }

    private static List<Path> checkpoints(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> kept = Files.list(output)) {
            for (Path run : kept.filter(file -> file.toString().contains(".resume-")).toList()) {
                try (Stream<Path> files = Files.walk(run)) {
                    files.filter(file -> file.endsWith("_metadata")).forEach(found::add);
                } catch (UncheckedIOException e) {
                    return List.of(); // one was removed meanwhile, as there was a later one
                }
            }
        }
        return found;
    }

    /** Score windows of streams; those over all streams go by the wall clock. */
    private static List<String> windows(Path output) throws IOException {
        List<String> windows = new ArrayList<>();
        try (Stream<Path> files = Files.list(output.resolve("scores"))) {
            for (Path file : files.sorted().toList()) {
                windows.addAll(Files.readAllLines(file));
            }
        }
        windows.removeIf(line -> line.contains("\"stream\":\"*\""));
        windows.sort(Comparator.naturalOrder());
        return windows;
    }

    private static List<Long> times(Path output, String stream) {
        List<Long> times = new ArrayList<>();
        Path video = output.resolve(stream + ".masked.mp4");
        try (VideoDecoder decoder = VideoDecoder.open("times", video)) {
            while (decoder.advance()) {
                times.add(decoder.pts());
            }
        }
        return times;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
