// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.SharedData;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code stdc import}. */
class ImportCommandTest {

    private final CommandLineRunner stdc = new CommandLineRunner();

    @TempDir private Path folder;

    @Test
    void keepsWhatTheCheckpointHolds() {
        Path published = SharedData.require("reference/stdc1_camvid.pth");
        Path ours = folder.resolve("ours.safetensors");

        assertThat(
                        stdc.run(
                                "import",
                                "--weights",
                                published.toString(),
                                "--output",
                                ours.toString()))
                .isZero();

        Weights before = Weights.read(published, Overrides.NONE);
        Weights after = Weights.read(ours, Overrides.NONE);
        assertThat(after.tensors()).containsOnlyKeys(before.tensors().keySet());
        assertThat(after.scale()).isEqualTo(before.scale());
        assertThat(after.labels()).isEqualTo(before.labels());
        assertThat(after.tensors().get("conv_out.conv_out.weight").toFloats())
                .isEqualTo(before.tensors().get("conv_out.conv_out.weight").toFloats());
    }

    @Test
    void averagesTwoNetworks() throws Exception {
        String start = folder.resolve("start.safetensors").toString();
        String average = folder.resolve("average.safetensors").toString();
        Weights defaults = Weights.defaults();
        TensorData bias = defaults.tensors().get("ffm.convblk.bn.bias");
        Map<String, TensorData> other = new LinkedHashMap<>(defaults.tensors());
        other.put("ffm.convblk.bn.bias", TensorData.of(new float[256], 256));
        new Weights(
                        defaults.spec(),
                        other,
                        defaults.labels(),
                        defaults.scale(),
                        defaults.modelName(),
                        "other",
                        "")
                .write(Path.of(start), ElementType.F16);
        String[] command = {"import", "--weights", start, "--output", average};

        String whole = folder.resolve("defaults.safetensors").toString();
        defaults.write(Path.of(whole), ElementType.F16);
        assertThat(stdc.run(with(command, "--average", whole, "--average-share", "0.25")))
                .as(stdc.err())
                .isZero();
        float[] biases =
                Weights.read(Path.of(average), Overrides.NONE)
                        .tensors()
                        .get("ffm.convblk.bn.bias")
                        .toFloats();
        for (int i = 0; i < biases.length; i++) {
            assertThat(biases[i]).isCloseTo(0.25f * bias.toFloats()[i], within(1e-6f));
        }

        assertThat(stdc.run(with(command, "--average-share", "0.25"))).isEqualTo(2);
        assertThat(stdc.err()).endsWith("--average-share needs --average\n");
        assertThat(stdc.run(with(command, "--average", whole, "--average-share", "2")))
                .isEqualTo(2);
        assertThat(stdc.err()).endsWith("share 2.0 in an average is not between 0 and 1\n");
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }
}
