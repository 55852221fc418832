// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.network.Convolution;
import io.stdcseg.network.Convolution.Activation;
import io.stdcseg.network.Convolution.Norm;
import io.stdcseg.network.Precision;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubPixelConvolutionTest {

    private static final int INPUTS = 16;
    private static final Convolution LAYER =
            new Convolution(
                    "head", "head.bn", Norm.PLAIN, INPUTS, 32, 3, 1, 1, Activation.RELU, false);
    private static final Map<String, TensorData> WEIGHTS = HashedWeights.hash(LAYER.tensors());

    private static LoadedArchive both;

    /** One archive that goes both ways. */
    @BeforeAll
    static void load(@TempDir Path folder) throws Exception {
        assumeTrue(ModuleTarget.ofThisCpu() == ModuleTarget.X86, "packs for x86 only");
        ScriptModule archive = new ScriptModule();
        MethodCode body = new MethodCode();
        PrepackedWeights.declare(body);
        OneDnnConvolutions packed = new OneDnnConvolutions(new PrepackedWeights(body));
        String repeated = convolve(archive, body, new AtenConvolutions());
        String subPixel = convolve(archive, body, packed);
        body.line("return (" + repeated + ", " + subPixel + ")");
        String maps = "Tuple[Tensor, Tensor]";
        archive.method("forward", "x: Tensor, like: Tensor", maps, body);
        both = new LoadedArchive(folder, archive);
    }

    private static String convolve(ScriptModule archive, MethodCode body, ConvolutionCode code) {
        return new ScriptOps(body, archive.constants(), WEIGHTS, Precision.FP32, code)
                .convolveUpsampled("x", "like", LAYER);
    }

    @AfterAll
    static void free() {
        if (both != null) {
            both.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "24, 40", "23, 40", "24, 39", "23, 39", "2, 2", "1, 2", "2, 1", "1, 1", "3, 1", "1, 9"
    })
    void everyPixelIsThatOfRepeatedOnes(int rows, int columns) {
        NDManager manager = both.manager();
        Shape small = new Shape(3, INPUTS, (rows + 1) / 2, (columns + 1) / 2);
        NDArray like = manager.zeros(new Shape(1, 1, rows, columns));

        NDList results = both.run(new NDList(manager.randomNormal(small), like));

        assertThat(results.get(1).getShape()).isEqualTo(new Shape(3, 32, rows, columns));
        float[] expected = results.get(0).toFloatArray();
        float[] found = results.get(1).toFloatArray();
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("number " + i).isCloseTo(expected[i], within(1e-5f));
        }
    }
}
