// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.checkpoint.SafeTensors;
import io.stdcseg.checkpoint.Weights;
import io.stdcseg.checkpoint.WeightsOptions;
import io.stdcseg.inference.TorchEngine;
import io.stdcseg.network.TensorData;
import io.stdcseg.scene.PictureSetWriter;
import io.stdcseg.scene.SceneOptions;
import io.stdcseg.training.data.TestPictures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training from the command line: few iterations with small pictures, but all of it real. */
class TrainITCase {

    private static final int KIBIBYTE = 1024;

    @TempDir private static Path data;
    private static Path recipe;

    /** Not interrupted: what every other training has to equal. */
    private static Path whole;

    private static final CommandLineRunner WHOLE = new CommandLineRunner();

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @BeforeAll
    static void trainWithoutInterruption() throws IOException {
        pictures("train", 5, 6);
        pictures("val", 99, 2);
        pictures("extra", 200, 3);
        recipe = data.resolve("tiny.yaml");
        Files.writeString(
                recipe,
                "base: camvid-stdc1\n"
                        + "batch-size: 2\n"
                        + "augmentation: {rows: 64, columns: 64}\n"
                        + "schedule: {iterations: 8, warm-up: 2}\n"
                        + "average: 0.5\n"
                        + "evaluation: {every: 3, scales: [1, 0.5]}\n");
        whole = data.resolve("whole");
        int code = train(WHOLE, whole);
        assertThat(code).as(WHOLE.err()).isZero();
    }

    private static void pictures(String name, long seed, int count) {
        PictureSetWriter.write(
                data.resolve(name), new SceneOptions(seed, 96, 72, 15), count, done -> {});
    }

    @Test
    void leavesWeightsLogPageAndRecipe() throws IOException {
        assertThat(names(whole))
                .containsExactly(
                        "best.safetensors",
                        "last.safetensors",
                        "log.jsonl",
                        "recipe.yaml",
                        "state.safetensors",
                        "training.html");
        assertThat(WHOLE.out()).startsWith("tiny: 8 iterations; best mIoU ").hasLineCount(1);
        List<JsonNode> lines = log(whole);
        assertThat(iterations(lines, "loss")).containsExactly(3, 6, 8);
        assertThat(iterations(lines, "scores")).containsExactly(3, 6, 8);
        assertThat(lines.get(1).get("scores").properties().stream().map(entry -> entry.getKey()))
                .containsExactly("1.0", "0.5");
        assertThat(whole.resolve("training.html"))
                .content()
                .contains("\"learns from\",\"6 pictures", "\"and from\",\"3 pictures")
                .endsWith("</html>\n");
        Weights weights = Weights.read(whole.resolve("best.safetensors"), WeightsOptions.NONE);
        assertThat(weights.labels().name()).isEqualTo("camvid");
        assertThat(weights.scale()).hasToString("height 360");
    }

    @Test
    void goesOnAfterAStopAsIfThereHadBeenNone() throws IOException {
        Path output = folder.resolve("out");

        assertThat(train(stdc, output, "--iterations", "4")).as(stdc.err()).isZero();
        assertThat(stdc.out()).startsWith("tiny: stopped after 4 of 8 iterations, --resume");
        assertThat(train(stdc, output, "--iterations", "4", "--resume")).isZero();
        assertThat(train(stdc, output, "--resume")).as(stdc.err()).isZero();

        assertSameAsWhole(output);
        assertThat(iterations(log(output), "loss")).containsExactly(3, 4, 6, 8);
        assertThat(output.resolve("training.html"))
                .content()
                .contains("iteration 4 of an earlier run");
    }

    @Test
    void stopsInTime() {
        Path output = folder.resolve("out");

        assertThat(train(stdc, output, "--minutes", "0.0001")).as(stdc.err()).isZero();

        // The time was over before the first iteration was, but without one there is no training.
        assertThat(stdc.out()).startsWith("tiny: stopped after 1 of 8 iterations");
    }

    @Test
    void aKilledTrainingGoesOnFromItsLastEvaluation() throws Exception {
        Path output = folder.resolve("out");

        interrupt(output, Process::destroyForcibly);

        assertThat(output.resolve("training.html")).content().endsWith("</html>\n");
        Weights.read(output.resolve("last.safetensors"), WeightsOptions.NONE);
        assertThat(train(stdc, output, "--resume")).as(stdc.err()).isZero();
        assertSameAsWhole(output);
    }

    @Test
    void aTrainingThatIsEndedSavesWhereItIs() throws Exception {
        Path output = folder.resolve("out");

        interrupt(output, Process::destroy);

        assertThat(names(output)).noneMatch(name -> name.startsWith("."));
        List<JsonNode> lines = log(output);
        int last = lines.get(lines.size() - 1).get("iteration").asInt();
        assertThat(train(stdc, output, "--resume")).as(stdc.err()).isZero();
        assertThat(output.resolve("training.html"))
                .content()
                .contains("iteration " + last + " of an earlier run");
        assertSameAsWhole(output);
    }

    /** A limit on the size of files stands for the disk: a write fails in its middle. */
    @Test
    void aFullDiskLeavesTheTrainingThatCanBeResumed() throws Exception {
        Path output = folder.resolve("out");
        assertThat(train(stdc, output, "--iterations", "3")).as(stdc.err()).isZero();
        byte[] before = Files.readAllBytes(output.resolve("state.safetensors"));
        long room = (before.length - 1) / KIBIBYTE; // enough for all weights, not for the state
        String[] arguments =
                Stream.of(arguments(output), new String[] {"--resume"})
                        .flatMap(Stream::of)
                        .toArray(String[]::new);
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -f " + room + "; exec \"$@\"", "-"));
        command.addAll(java(arguments));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains("stdc: " + output.resolve("state.safetensors") + ": File too large\n");
        assertThat(output.resolve("state.safetensors")).hasBinaryContent(before);
        assertThat(names(output)).isEqualTo(names(whole));
        assertThat(train(stdc, output, "--resume")).as(stdc.err()).isZero();
        assertSameAsWhole(output);
    }

    @Test
    void startsFromABackboneAlone() throws IOException {
        Path output = folder.resolve("out");
        Path init = folder.resolve("backbone.safetensors");
        Map<String, TensorData> backbone = new LinkedHashMap<>();
        SafeTensors.read(whole.resolve("last.safetensors"))
                .tensors()
                .forEach(
                        (name, tensor) -> {
                            if (name.startsWith("cp.backbone.")) {
                                backbone.put(name.substring("cp.backbone.".length()), tensor);
                            }
                        });
        SafeTensors.write(init, backbone, Map.of());

        String[] more = {"--init", init.toString(), "--iterations", "1"};
        assertThat(train(stdc, output, more)).as(stdc.err()).isZero();

        assertThat(stdc.out())
                .startsWith("starts from " + init + ": " + backbone.size() + " of ")
                .contains(" tensors; new: cp.arm16, cp.arm32, cp.conv_head32, ")
                .hasLineCount(2);
        assertRefused(
                "--init " + init + " and --resume exclude each other",
                "--output",
                output,
                "--resume",
                "--init",
                init);
    }

    @Test
    void aBackboneThatLearntClassesStartsASegmentation() throws IOException {
        Path classes = folder.resolve("classes");
        for (int i = 0; i < 2; i++) {
            for (String part : List.of("train", "val")) {
                Path data = classes.resolve(part);
                TestPictures.writeTinted(data.resolve("red/" + i + ".png"), 40, 40, true, i);
                TestPictures.writeTinted(data.resolve("blue/" + i + ".png"), 40, 40, false, i);
            }
        }
        Path small = folder.resolve("small.yaml");
        Files.writeString(
                small,
                "base: classes-stdc1\n"
                        + "batch-size: 4\n"
                        + "augmentation: {rows: 32, columns: 32}\n"
                        + "schedule: {iterations: 2, warm-up: 0}\n"
                        + "evaluation: {every: 2, shorter-side: 36}\n");
        Path backbone = folder.resolve("backbone");

        assertThat(
                        stdc.run(
                                "train",
                                "--recipe",
                                small.toString(),
                                "--data",
                                classes.toString(),
                                "--output",
                                backbone.toString()))
                .as(stdc.err())
                .isZero();
        assertThat(stdc.out()).startsWith("small: 2 iterations; best top-1 accuracy ");
        assertThat(backbone.resolve("training.html"))
                .content()
                .contains("2 classes of pictures", "\"crossEntropy\"", "\"top5\"");

        String init = backbone.resolve("best.safetensors").toString();
        Path output = folder.resolve("out");
        assertThat(train(stdc, output, "--init", init, "--iterations", "1"))
                .as(stdc.err())
                .isZero();
        assertThat(stdc.out()).contains("starts from " + init + ": 145 of ");

        Path tar = folder.resolve("backbone.tar");
        String[] export = {"export", "--weights", init, "--format", "pth", "--output", tar + ""};
        assertThat(stdc.run(export)).as(stdc.err()).isZero();
        assertThat(stdc.out()).endsWith(tar + ": classifier stdc1, blue, red\n");
        Path again = folder.resolve("again");
        assertThat(train(stdc, again, "--init", tar.toString(), "--iterations", "1"))
                .as(stdc.err())
                .isZero();
        assertThat(again.resolve("state.safetensors"))
                .hasSameBinaryContentAs(output.resolve("state.safetensors"));
    }

    @Test
    void refusesWeightsThatDoNotFitTheNetwork() throws IOException {
        String output = folder.resolve("out").toString();
        Path stdc2 = folder.resolve("stdc2.yaml");
        Files.writeString(stdc2, "base: " + recipe + "\nmodel: stdc2\n");

        assertRefused("weights ", "--output", output, "--init", "nothing.tar");
        assertRefused(
                "checkpoint "
                        + whole.resolve("best.safetensors")
                        + " is refused: it holds stdc1; the network to train is stdc2",
                "--output",
                output,
                "--recipe",
                stdc2,
                "--init",
                whole.resolve("best.safetensors"));
    }

    @Test
    void refusesWhatDoesNotFitTheFolder() throws IOException {
        Path none = folder.resolve("none");
        Path other =
                Files.writeString(folder.resolve("tiny.yaml"), "base: " + recipe + "\nseed: 2\n");

        assertRefused("output " + whole + " holds a training; give --resume", "--output", whole);
        assertRefused("output " + none + " holds no training", "--output", none, "--resume");
        assertRefused(
                "--resume with recipe tiny: it says 'seed: 2', the training in "
                        + whole
                        + " began with 'seed: 1'; only the same recipe is allowed",
                "--output",
                whole,
                "--resume",
                "--recipe",
                other);
        assertThat(log(whole)).hasSize(6);
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
                    new ProcessBuilder(java(arguments(output)))
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

    /** The command line in a Java of its own. */
    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        // As here, where another test may have loaded PyTorch for more threads.
                        "-Dai.djl.pytorch.num_threads=" + TorchEngine.threads(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stdc.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private void assertRefused(String message, Object... more) {
        CommandLineRunner runner = new CommandLineRunner();
        List<String> arguments = new ArrayList<>(List.of("train", "--data", data.toString()));
        Arrays.stream(more).map(Object::toString).forEach(arguments::add);
        if (!arguments.contains("--recipe")) {
            arguments.addAll(List.of("--recipe", recipe.toString()));
        }
        assertThat(runner.run(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(runner.err()).startsWith("stdc: " + message).hasLineCount(1);
    }

    private static void assertSameAsWhole(Path output) {
        for (String name : List.of("state.safetensors", "last.safetensors", "best.safetensors")) {
            assertThat(output.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    private static int train(CommandLineRunner runner, Path output, String... more) {
        return runner.run(
                Stream.of(arguments(output), more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static String[] arguments(Path output) {
        return new String[] {
            "train",
            "--recipe",
            recipe.toString(),
            "--data",
            data.toString(),
            "--extra",
            data.resolve("extra").toString(),
            "--device",
            "cpu",
            "--output",
            output.toString()
        };
    }

    private static List<Integer> iterations(List<JsonNode> lines, String kind) {
        return lines.stream()
                .filter(line -> line.has(kind))
                .map(line -> line.get("iteration").asInt())
                .toList();
    }

    private static List<JsonNode> log(Path output) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("log.jsonl"))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
