// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.SafeTensors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.training.data.TestPictures;
import io.stdcseg.weights.PublishedModel;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training from the command line: few iterations with small pictures, but all of it real. */
class TrainITCase {

    private static TinyTraining training;

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @BeforeAll
    static void trainWithoutInterruption(@TempDir Path data) throws IOException {
        training = new TinyTraining(data);
    }

    @Test
    void leavesWeightsLogPageAndRecipe() throws IOException {
        assertThat(TinyTraining.names(training.whole()))
                .containsExactly(
                        "best.safetensors",
                        "last.safetensors",
                        "log.jsonl",
                        "recipe.yaml",
                        "state.safetensors",
                        "training.html",
                        "validation.jsonl");
        assertThat(training.said()).startsWith("tiny: 8 iterations; best mIoU ").hasLineCount(1);
        List<JsonNode> lines = TinyTraining.log(training.whole());
        assertThat(iterations(lines, "loss")).containsExactly(3, 6, 8);
        assertThat(iterations(lines, "scores")).containsExactly(3, 6, 8);
        assertThat(lines.get(2).get("scores").properties().stream().map(entry -> entry.getKey()))
                .containsExactly("1.0", "0.5");
        assertThat(training.whole().resolve("training.html"))
                .content()
                .contains("\"learns from\",\"6 pictures", "\"and from\",\"3 pictures")
                .contains("\"jpeg\":", "\"iteration\":3,\"masks\"")
                .endsWith("</html>\n");
        Weights weights =
                Weights.read(training.whole().resolve("best.safetensors"), Overrides.NONE);
        assertThat(weights.labels().name()).isEqualTo("camvid");
        assertThat(weights.scale()).hasToString("height 360");
    }

    @Test
    void goesOnAfterAStopAsIfThereHadBeenNone() throws IOException {
        Path output = folder.resolve("out");

        assertThat(training.run(stdc, output, "--iterations", "4")).as(stdc.err()).isZero();
        assertThat(stdc.out()).startsWith("tiny: stopped after 4 of 8 iterations, --resume");
        assertThat(training.run(stdc, output, "--iterations", "4", "--resume")).isZero();
        assertThat(training.run(stdc, output, "--resume")).as(stdc.err()).isZero();

        training.assertSame(output);
        assertThat(iterations(TinyTraining.log(output), "loss")).containsExactly(3, 4, 6, 8);
        assertThat(output.resolve("training.html"))
                .content()
                .contains("iteration 4 of an earlier run");
    }

    @Test
    void stopsInTime() {
        Path output = folder.resolve("out");

        assertThat(training.run(stdc, output, "--minutes", "0.0001")).as(stdc.err()).isZero();

        // The time was over before the first iteration was, but without one there is no training.
        assertThat(stdc.out()).startsWith("tiny: stopped after 1 of 8 iterations");
    }

    @Test
    void startsFromABackboneAlone() throws IOException {
        Path output = folder.resolve("out");
        Path init = folder.resolve("backbone.safetensors");
        Map<String, TensorData> backbone = new LinkedHashMap<>();
        SafeTensors.read(training.whole().resolve("last.safetensors"))
                .tensors()
                .forEach(
                        (name, tensor) -> {
                            if (name.startsWith("cp.backbone.")) {
                                backbone.put(name.substring("cp.backbone.".length()), tensor);
                            }
                        });
        SafeTensors.write(init, backbone, Map.of());

        String[] more = {"--init", init.toString(), "--iterations", "1"};
        assertThat(training.run(stdc, output, more)).as(stdc.err()).isZero();

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
        assertThat(training.run(stdc, output, "--init", init, "--iterations", "1"))
                .as(stdc.err())
                .isZero();
        assertThat(stdc.out()).contains("starts from " + init + ": 145 of ");

        Path tar = folder.resolve("backbone.tar");
        String[] export = {"export", "--weights", init, "--format", "pth", "--output", tar + ""};
        assertThat(stdc.run(export)).as(stdc.err()).isZero();
        assertThat(stdc.out()).endsWith(tar + ": classifier stdc1, blue, red\n");
        Path again = folder.resolve("again");
        assertThat(training.run(stdc, again, "--init", tar.toString(), "--iterations", "1"))
                .as(stdc.err())
                .isZero();
        assertThat(again.resolve("state.safetensors"))
                .hasSameBinaryContentAs(output.resolve("state.safetensors"));
    }

    @Test
    void refusesWeightsThatDoNotFitTheNetwork() throws IOException {
        String output = folder.resolve("out").toString();
        Path stdc2 = folder.resolve("stdc2.safetensors");
        Weights.initial(new Overrides(PublishedModel.of("stdc2-seg50"), null, null))
                .write(stdc2, ElementType.F16);

        assertRefused("weights ", "--output", output, "--init", "nothing.tar");
        assertRefused(
                "checkpoint "
                        + stdc2
                        + " is refused: it holds stdc2; the network to train is stdc1",
                "--output",
                output,
                "--init",
                stdc2);
    }

    @Test
    void refusesWhatDoesNotFitTheFolder() throws IOException {
        Path none = folder.resolve("none");
        Path other =
                Files.writeString(
                        folder.resolve("tiny.yaml"), "base: " + training.recipe() + "\nseed: 2\n");

        assertRefused(
                "output " + training.whole() + " holds a training; give --resume",
                "--output",
                training.whole());
        assertRefused("output " + none + " holds no training", "--output", none, "--resume");
        assertRefused(
                "--resume with recipe tiny: it says 'seed: 2', the training in "
                        + training.whole()
                        + " began with 'seed: 1'; only the same recipe is allowed",
                "--output",
                training.whole(),
                "--resume",
                "--recipe",
                other);
        assertThat(TinyTraining.log(training.whole())).hasSize(7);
    }

    private void assertRefused(String message, Object... more) {
        CommandLineRunner runner = new CommandLineRunner();
        List<String> arguments =
                new ArrayList<>(List.of("train", "--data", training.data().toString()));
        Arrays.stream(more).map(Object::toString).forEach(arguments::add);
        if (!arguments.contains("--recipe")) {
            arguments.addAll(List.of("--recipe", training.recipe().toString()));
        }
        assertThat(runner.run(arguments.toArray(String[]::new))).isEqualTo(2);
        assertThat(runner.err()).startsWith("stdc: " + message).hasLineCount(1);
    }

    private static List<Integer> iterations(List<JsonNode> lines, String kind) {
        return lines.stream()
                .filter(line -> line.has(kind))
                .map(line -> line.get("iteration").asInt())
                .toList();
    }
}
