// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.label.MaskFiles;
import io.stdcseg.network.shape.NetworkSummary;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stdc export}. */
class ExportCommandTest {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @Test
    void exportsTheNetworkToOnnx() throws Exception {
        Path file = folder.resolve("network.onnx");

        int code =
                stdc.run("export", "--format", "onnx", "--input", "64x96", "--output", "" + file);

        assertThat(code).as(stdc.err()).isZero();
        assertThat(stdc.out()).contains("network.onnx: stdc1");
        long floats = NetworkSummary.of(Weights.defaults().spec(), 64, 96).inferenceParameters();
        assertThat(Files.size(file) / 4.0 / floats).isBetween(0.99, 1.01);
    }

    @Test
    void measuresRangesAndKeepsThem() throws Exception {
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        ByteBuffer grey = ByteBuffer.allocate(3 * 64 * 96);
        MaskFiles.writeRgb(pictures.resolve("a.png"), 96, 64, grey);
        Path file = folder.resolve("calibrated.safetensors");

        int code =
                stdc.run(
                        ("export --format safetensors --height 64 --calibrate "
                                        + pictures
                                        + " --output "
                                        + file)
                                .split(" "));

        assertThat(code).as(stdc.err()).isZero();
        Weights weights = Weights.read(file, Overrides.NONE);
        assertThat(weights.ranges().reaches())
                .containsKeys(
                        "cp.backbone.features.0.conv", "ffm.convblk.conv", "conv_out.conv.conv")
                .doesNotContainKeys("ffm.conv1", "cp.arm16.conv_atten", "conv_out.conv_out");
        assertThat(weights.ranges().reaches().get("conv_out.conv.conv").elements()).isEqualTo(256);
    }

    @Test
    void pictureslessFoldersDoNotCalibrate() {
        int code =
                stdc.run(
                        "export",
                        "--format",
                        "onnx",
                        "--precision",
                        "int8",
                        "--calibrate",
                        "" + folder,
                        "--output",
                        "" + folder.resolve("o"));

        assertThat(code).isEqualTo(2);
        assertThat(stdc.err()).contains("--calibrate " + folder + " holds no picture; allowed are");
    }

    @Test
    void exportsWeightsToPyTorchAndSaysWhatTheyLack() {
        Path file = folder.resolve("network.pth");

        int code = stdc.run("export", "--format", "pth", "--output", "" + file);

        assertThat(code).as(stdc.err()).isZero();
        assertThat(stdc.out())
                .contains(
                        "initial values where the weights have none: 36 tensors of training heads,"
                                + " 11 of the classifier, 46 counters of batches")
                .contains("network.pth: stdc1-camvid")
                .hasLineCount(2);
    }

    @Test
    void aTorchScriptArchiveHasNoWeightsToExport() {
        Path archive = folder.resolve("network.pt");
        Path file = folder.resolve("network.pth");
        stdc.run("export", "--format", "torchscript", "--output", "" + archive);

        int code =
                stdc.run(
                        "export",
                        "--weights",
                        "" + archive,
                        "--format",
                        "pth",
                        "--output",
                        "" + file);

        assertThat(code).isEqualTo(2);
        assertThat(stdc.err())
                .contains("network.pt is refused: it is a TorchScript archive, whose parameters")
                .hasLineCount(1);
        assertThat(file).doesNotExist();
    }
}
