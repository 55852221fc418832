// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneDnnConvolutionsTest {

    private static final List<Shape> SIZES =
            List.of(new Shape(1, 1), new Shape(1, 2), new Shape(2, 3), new Shape(12, 15));

    @TempDir private Path folder;

    @BeforeEach
    void isOnX86() {
        assumeTrue(ModuleTarget.ofThisCpu() == ModuleTarget.X86, "packs for x86 only");
    }

    /** Gates see one pixel of a picture, and oneDNN takes other ways for few than for many. */
    @ParameterizedTest
    @CsvSource({"64, 64", "256, 64", "64, 256", "128, 128", "1024, 128", "32, 48", "256, 11"})
    void productsOfAnyNumberOfPixelsAreRight(int inputs, int outputs) throws Exception {
        Convolution layer =
                new Convolution(
                        "layer",
                        "layer.bn",
                        Norm.PLAIN,
                        inputs,
                        outputs,
                        1,
                        1,
                        1,
                        Activation.RELU,
                        false);
        Map<String, TensorData> weights = HashedWeights.hash(layer.tensors());
        ScriptModule archive = new ScriptModule();
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        ConvolutionCode packed = new OneDnnConvolutions(new PrepackedWeights(body));
        String plain = convolve(archive, body, weights, layer, new AtenConvolutions());
        String found = convolve(archive, body, weights, layer, packed);
        body.line("return (" + plain + ", " + found + ")");
        archive.method("forward", "x: Tensor", "Tuple[Tensor, Tensor]", body);

        try (LoadedArchive loaded = new LoadedArchive(folder, archive)) {
            for (Shape size : SIZES) {
                NDArray maps =
                        loaded.manager()
                                .randomNormal(new Shape(1, inputs, size.get(0), size.get(1)));
                NDList results = loaded.run(new NDList(maps));

                assertThat(results.get(1).toFloatArray())
                        .as("%s pixels", size)
                        .containsExactly(results.get(0).toFloatArray(), within(1e-3f));
            }
        }
    }

    private static String convolve(
            ScriptModule archive,
            MethodCode body,
            Map<String, TensorData> weights,
            Convolution layer,
            ConvolutionCode code) {
        return new ScriptOps(body, archive.constants(), weights, Precision.FP32, code)
                .convolve("x", layer);
    }

    @Test
    void weightsThatPackingChangesStayAsTheyAre() throws Exception {
        ScriptModule archive = new ScriptModule();
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        PrepackedWeights packed = new PrepackedWeights(body);
        String wrong =
                packed.addIfRight("torch.mul(w, 2)", "w", tried -> "torch.sum(" + tried + ")");
        String right = packed.addIfRight("torch.neg(w)", "w", tried -> "torch.abs(" + tried + ")");
        body.line("return (" + wrong + ", " + right + ")");
        archive.method("forward", "w: Tensor", "Tuple[Tensor, Tensor]", body);

        try (LoadedArchive loaded =
                new LoadedArchive(Files.createDirectory(folder.resolve("trial")), archive)) {
            NDArray weight = loaded.manager().create(new float[] {1, 2, 3});
            NDList results = loaded.run(new NDList(weight));

            assertThat(results.get(0).toFloatArray()).containsExactly(1, 2, 3);
            assertThat(results.get(1).toFloatArray()).containsExactly(-1, -2, -3);
        }
    }
}
