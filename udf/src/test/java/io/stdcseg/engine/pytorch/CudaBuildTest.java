// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import io.stdcseg.engine.SegmentRequest;
import io.stdcseg.engine.Segmenter;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.choice.Engines;
import io.stdcseg.error.InputException;
import io.stdcseg.label.LabelSet;
import io.stdcseg.testing.Streets;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build for GPUs on a machine without one, by {@code mvn -Pcuda -pl udf test}. */
class CudaBuildTest {

    private static final int SIDE = 64;

    @BeforeAll
    static void requireTheBuild() {
        assumeTrue(CudaRuntime.hasLibtorch(), "skipped: this build has PyTorch for CPUs");
        boolean card = PyTorchRuntime.get(0).getGpuCount() > 0;
        assumeTrue(!card, "skipped: here is a GPU, which mvn -Pcuda,gpu verify tries");
    }

    @Test
    void theCpuComputes() {
        assertThat(Engines.devices(SegmenterOptions.DEFAULTS)).containsExactly("cpu");
        SegmentRequest picture =
                new SegmentRequest(
                        SIDE,
                        SIDE,
                        ByteBuffer.wrap(Streets.rgb(1, SIDE, SIDE)),
                        ByteBuffer.allocate(SIDE * SIDE));
        SegmenterOptions options = SegmenterOptions.DEFAULTS.withEngine("pytorch");
        try (Segmenter segmenter = Engines.open(options.withPrecision("fp32"))) {
            segmenter.segment(List.of(picture));

            assertThat(segmenter.info().device()).isEqualTo("cpu");
        }
        assertThat(picture.mask().array()).doesNotContain((byte) LabelSet.IGNORE);
    }

    @Test
    void whoAsksForAGpuIsToldInOneLine() {
        assertThatThrownBy(() -> Engines.devices(SegmenterOptions.DEFAULTS.withDevice("gpu")))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("device gpu: PyTorch finds no GPU")
                .hasMessageEndingWith("; allowed are auto and cpu")
                .hasMessageNotContaining("\n");
    }

    /** Their names stand for the types of what they take; {@link CudaStream} calls them. */
    @Test
    void itsLibraryHasTheFunctionsForStreams(@TempDir Path folder) throws IOException {
        NativeLibrary library = NativeLibrary.getInstance(unpacked(folder).toString());
        try {
            assertThat(library.getFunction(CudaStream.C10.FROM_POOL)).isNotNull();
            assertThat(library.getFunction(CudaStream.C10.CURRENT)).isNotNull();
            assertThat(library.getFunction(CudaStream.C10.USE)).isNotNull();
        } finally {
            library.close();
        }
    }

    /** With the one that it needs, which may be there in the libtorch for CPUs already. */
    private static Path unpacked(Path folder) throws IOException {
        for (String name : List.of("c10", CudaStream.LIBRARY)) {
            String file = System.mapLibraryName(name);
            String resource = "pytorch/cu124/linux-x86_64/" + file;
            try (InputStream in = CudaStream.class.getClassLoader().getResourceAsStream(resource)) {
                Files.copy(in, folder.resolve(file));
            }
        }
        return folder.resolve(System.mapLibraryName(CudaStream.LIBRARY));
    }
}
