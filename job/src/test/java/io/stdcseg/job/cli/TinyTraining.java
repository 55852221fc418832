// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.label.MaskFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A training of few iterations with small pictures, and what came out of it in one go. */
final class TinyTraining {

    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;
    private static final int CLASSES = 11;

    private final Path data;
    private final Path recipe;
    private final Path whole;
    private final CommandLineRunner runner = new CommandLineRunner();

    /** Paints the pictures and trains. */
    TinyTraining(Path data) throws IOException {
        this.data = data;
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
        int code = run(runner, whole);
        assertThat(code).as(runner.err()).isZero();
    }

    /** Noisy rectangles of one class each, every class of a colour of its own. */
    private void pictures(String name, long seed, int count) throws IOException {
        Path images = Files.createDirectories(data.resolve(name).resolve("images"));
        Path labels = Files.createDirectories(data.resolve(name).resolve("labels"));
        SplittableRandom random = new SplittableRandom(seed);
        for (int picture = 0; picture < count; picture++) {
            byte[] ids = new byte[WIDTH * HEIGHT];
            for (int rectangle = 0; rectangle < 12; rectangle++) {
                int left = random.nextInt(WIDTH);
                int top = random.nextInt(HEIGHT);
                byte id = (byte) random.nextInt(CLASSES);
                for (int i = 0; i < ids.length; i++) {
                    if (i % WIDTH >= left && i / WIDTH >= top) {
                        ids[i] = id;
                    }
                }
            }
            byte[] rgb = new byte[3 * ids.length];
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (byte) (ids[i / 3] * (11 + 5 * (i % 3)) + random.nextInt(40));
            }
            String file = String.format(Locale.ROOT, "%06d.png", picture);
            MaskFiles.writeRgb(images.resolve(file), WIDTH, HEIGHT, ByteBuffer.wrap(rgb));
            MaskFiles.write(labels.resolve(file), WIDTH, HEIGHT, ByteBuffer.wrap(ids));
        }
    }

    Path data() {
        return data;
    }

    Path recipe() {
        return recipe;
    }

    /** The folder of the training that was not interrupted: what every other one has to equal. */
    Path whole() {
        return whole;
    }

    /** What that training said. */
    String said() {
        return runner.out();
    }

    int run(CommandLineRunner stdc, Path output, String... more) {
        return stdc.run(arguments(output, more));
    }

    /** The same in a Java of its own. */
    List<String> command(Path output, String... more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        // As here, where another test may have loaded PyTorch for more threads.
                        "-Dai.djl.pytorch.num_threads=" + PyTorchRuntime.threads(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Stdc.class.getName()));
        command.addAll(List.of(arguments(output, more)));
        return command;
    }

    private String[] arguments(Path output, String... more) {
        List<String> always =
                List.of(
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
                        output.toString());
        return Stream.concat(always.stream(), Stream.of(more)).toArray(String[]::new);
    }

    void assertSame(Path output) {
        for (String name : List.of("state.safetensors", "last.safetensors", "best.safetensors")) {
            assertThat(output.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
        }
    }

    static List<JsonNode> log(Path output) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(output.resolve("log.jsonl"))) {
            lines.add(mapper.readTree(line));
        }
        return lines;
    }

    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
