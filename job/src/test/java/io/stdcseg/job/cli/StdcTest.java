// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stdcseg.label.MaskFiles;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StdcTest {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment",
                "predict",
                "evaluate",
                "train",
                "latency",
                "import",
                "export",
                "compare",
                "info",
                "view",
                "health"
            })
    void everyCommandExplainsItsOptions(String command) {
        assertThat(stdc.run(command, "--help")).isZero();
        assertThat(stdc.out()).startsWith("Usage: stdc " + command);
        assertThat(stdc.err()).isEmpty();
    }

    @Test
    void helpExplainsCommandsAndTheirOptions() {
        assertThat(stdc.run("help")).isZero();
        assertThat(stdc.out()).startsWith("Usage: stdc COMMAND").contains("  segment ");
        CommandLineRunner another = new CommandLineRunner();
        assertThat(another.run("help", "view")).isZero();
        assertThat(another.out()).startsWith("Usage: stdc view");
    }

    @Test
    void saysItsVersionAndItsEngines() {
        assertThat(stdc.run("--version")).isZero();
        assertThat(stdc.out())
                .startsWith("stdc-flink ")
                .containsPattern("(?m)^Flink 2\\.[0-9.]+, Java 17")
                .containsPattern("(?m)^engines: .*pytorch [0-9.]+.*onnxruntime [0-9.]+");
        assertThat(stdc.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "paint|stdc: command 'paint' is unknown; allowed are segment, predict",
                "help paint|stdc: command 'paint' is unknown; allowed are segment, predict",
                "segment --source nothing.mp4|stdc: source 'nothing.mp4' does not exist",
                "segment --source . --colour red|stdc: unknown option --colour and 1 word that",
                "segment --source|stdc: Missing required parameter for option '--source' (URI)",
                "segment|stdc: --source is missing",
                "predict --image a.png|stdc: --output is missing",
                "view|stdc: Missing required parameter: 'DIR'; stdc view --help lists",
                "view nothing|stdc: folder nothing does not exist; the --output of a run is",
                "view . --port 65536|stdc: --port '65536' is not allowed; a whole number from 0 to"
                        + " 65535 is",
                "view . other|stdc: 1 word that belongs to no option",
                "compare a b|stdc: --output is missing",
                "compare nothing b --output o.html|stdc: 'nothing' does not exist; allowed are an"
                        + " output folder of segment and a file of evaluate --json",
                "compare . b --output o.html|stdc: '.' holds no summary.json; allowed are",
                "predict --image nothing.png --output o.png|stdc: picture nothing.png",
                "predict --image a.png --output m.jpg|stdc: --output m.jpg is written as PNG;",
                "predict --image a.png --output m.png --overlay o.jpg|stdc: --overlay o.jpg is",
                "evaluate --labels l|stdc: --images is missing",
                "evaluate --images . --labels . --scales 1 --scale 0.5|stdc: --scales [1.0] and"
                        + " scale 0.5 exclude each other",
                "train|stdc: --recipe is missing",
                "train --recipe nothing --data d --output o|stdc: recipe 'nothing' is unknown;"
                        + " allowed are a YAML file and camvid-stdc1",
                "train --recipe my/own --data d --output o|stdc: recipe 'my/own' is missing;",
                "info --model stdc1-seg50 --label-set own.yaml|stdc: label set 'own.yaml' is"
                        + " missing; allowed are camvid",
                "train --recipe camvid-stdc1 --output o|stdc: --data is missing",
                "train --recipe camvid-stdc1 --data nothing --output o|stdc: data nothing has no"
                        + " folders",
                "train --recipe camvid-stdc1 --data d --output o --iterations 0|stdc: --iterations"
                        + " '0' is not allowed; a whole number from 1 is",
                "train --recipe camvid-stdc1 --data d --output o --iterations 99999|stdc:"
                        + " --iterations is 99999; 1 to the 36000 of recipe camvid-stdc1 is",
                "train --recipe camvid-stdc1 --data d --output o --minutes soon|stdc: --minutes"
                        + " 'soon' is not allowed",
                "train --recipe camvid-stdc1 --data d --output o --init i --resume|stdc: --init i"
                        + " and --resume exclude each other",
                "train --recipe cityscapes-stdc1 --data d --output o --extra e|stdc: --extra e is"
                        + " of no use: extra-share of recipe cityscapes-stdc1 is 0",
                "health --rest x|stdc: --rest x: an address such as http://localhost:8081 is",
                "info --model stdc9|stdc: model 'stdc9' is unknown; allowed are stdc1-seg50",
                "info --weights nothing.pth|stdc: weights ",
                "info --input 5|stdc: --input '5' is not HEIGHTxWIDTH",
                "latency --input 512|stdc: --input '512' is not HEIGHTxWIDTH",
                "latency --picture 512x|stdc: --picture '512x' is not HEIGHTxWIDTH",
                "latency --batch 0|stdc: --batch '0' is not allowed; a whole number from 1 is",
                "latency --batch 2 --batch-size 3|stdc: --batch 2 and --batch-size 3 mean the same",
                "latency --calls none|stdc: --calls 'none' is not allowed",
                "latency --threads 0|stdc: --threads '0' is not allowed",
                "latency --seconds 0.5|stdc: --seconds '0.5' is not allowed; a number from 1",
                "latency --engine onnx|stdc: engine 'onnx' is unknown; allowed are auto, pytorch",
                "latency --engine eager --precision bf16|stdc: precision bf16 is not for engine",
                "latency --input 64x99 --picture 96x96|stdc: --input 64x99 does not fit",
                "latency --precision int4|stdc: precision 'int4' is unknown",
                "latency --picture 720x1280 --height 99999999|stdc: height 99999999 is too large: a"
                        + " picture of 1280x720 becomes 177777776x99999999",
                "latency --picture 99999x99999|stdc: a picture of 99999x99999 is too large",
                "export --format onnx --initial --output o|stdc: --initial needs --model, and no",
                "latency --initial|stdc: --initial needs --model, and no --weights",
                "latency --initial --model stdc1-seg50 --weights w|stdc: --initial needs --model",
                "export --format tflite --output o|stdc: --format 'tflite' is not one of",
                "export --format onnx --precision bf16 --output o|stdc: --precision bf16 with"
                        + " --format onnx: it holds fp32, fp16 or int8",
                "export --format pth --batch 2 --output o|stdc: --batch with --format pth: onnx is"
                        + " allowed",
                "export --format torchscript --argmax --output o|stdc: --argmax with --format"
                        + " torchscript: onnx is allowed",
                "export --format onnx --batch 0 --output o|stdc: --batch '0' is not allowed; any or"
                        + " 1 to 9999 is",
                "export --format onnx --calibrate d --output o|stdc: --calibrate with --format onnx"
                        + " --precision fp32: it is for int8",
                "export --format pth --precision fp16 --output o|stdc: --precision fp16 with"
                        + " --format pth: it holds fp32 only"
            })
    void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
        assertThat(stdc.run(arguments.split(" "))).isEqualTo(2);
        assertThat(stdc.err()).startsWith(message).hasLineCount(1);
        assertThat(stdc.out()).isEmpty();
    }

    /** Before anything is started for them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "segment --source a.png --height 99999999 --output o",
                "predict --image a.png --height 99999999 --output m.png",
                "evaluate --images . --labels . --height 99999999"
            })
    void sizesThatMemoryCannotHoldAreRefused(String arguments) throws Exception {
        MaskFiles.write(folder.resolve("a.png"), 64, 36, ByteBuffer.allocate(64 * 36));
        String[] words =
                arguments
                        .replace("a.png", folder.resolve("a.png").toString())
                        .replace(" .", " " + folder)
                        .replace("--output ", "--output " + folder + "/")
                        .split(" ");

        assertThat(stdc.run(words)).isEqualTo(2);

        assertThat(stdc.err())
                .startsWith(
                        "stdc: height 99999999 is too large: a picture of 64x36 becomes"
                                + " 177777776x99999999")
                .containsPattern("GB holds at most height [0-9]+")
                .hasLineCount(1);
        assertThat(folder).isDirectoryNotContaining("glob:**[om]*");
    }

    @Test
    void infoCountsParametersAndOperations() throws Exception {
        Path file = folder.resolve("info.json");

        assertThat(
                        stdc.run(
                                "info",
                                "--model",
                                "stdc2-seg75",
                                "--input",
                                "512x1024",
                                "--json",
                                file.toString()))
                .isZero();

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.get("model").asText()).isEqualTo("stdc2-seg75");
        assertThat(json.get("macs").asDouble() / 1e9).isBetween(23.4, 23.5);
        assertThat(Math.round(json.get("classifierMacs").asDouble() / 1e6)).isEqualTo(1446);
        assertThat(json.get("classes")).hasSize(19);
        assertThat(stdc.out()).contains("1446 M MACs", "conv_out.conv_out");
    }

    @Test
    void anArchiveSaysWhatItHoldsAndKeepsItsParameters() {
        String archive = folder.resolve("network.pt").toString();
        assertThat(stdc.run("export", "--format", "torchscript", "--output", archive)).isZero();

        assertThat(stdc.run("info", "--weights", archive)).as(stdc.err()).isZero();
        assertThat(stdc.out()).contains("stdc1-camvid: stdc1, 11 classes, pictures resized by");
        String own = folder.resolve("own.safetensors").toString();
        assertThat(stdc.run("import", "--weights", archive, "--output", own)).isEqualTo(2);
        assertThat(stdc.err())
                .endsWith(
                        "it is a TorchScript archive, whose parameters cannot be taken out; a state"
                                + " dictionary is needed\n");
    }

    /** The renderer of samples is a module of its own, which is not on the job's class path. */
    @Test
    void sampleSaysWhatToBuild() {
        assertThat(stdc.run("sample", "--output", folder.toString())).isEqualTo(2);
        assertThat(stdc.err())
                .isEqualToIgnoringNewLines(
                        "stdc: sample needs the renderer, which is not on the class path;"
                                + " mvn -pl samples/scenes -am package builds it");
    }
}
