// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.stdcseg.testing.LogCapture;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaRuntimeTest {

    @TempDir private Path classPath;
    private String before;

    @BeforeEach
    void forgetThePath() {
        before = System.clearProperty(CudaRuntime.SEARCH_PATH);
    }

    @AfterEach
    void restoreThePath() {
        if (before == null) {
            System.clearProperty(CudaRuntime.SEARCH_PATH);
        } else {
            System.setProperty(CudaRuntime.SEARCH_PATH, before);
        }
    }

    @Test
    void theLibraryOfALibtorchForGpusIsShownWhileOffered() throws IOException {
        describe("cu124", "libc10.so,libcudart-8774224f.so.12,libcudnn.so.9");
        Path folder = Files.createDirectories(classPath.resolve("pytorch/cu124/linux-x86_64"));
        Files.writeString(folder.resolve("libcudart-8774224f.so.12"), "the runtime");

        Path shown;
        List<String> warnings;
        try (LogCapture log = new LogCapture(CudaRuntime.class);
                URLClassLoader loader = loader();
                CudaRuntime runtime = CudaRuntime.offer(loader)) {
            shown = Path.of(System.getProperty(CudaRuntime.SEARCH_PATH));
            assertThat(shown.resolve("libcudart.so")).hasContent("the runtime");
            warnings = log.lines();
        }
        // Text cannot be loaded, as nothing can from a folder that allows no execution.
        assertThat(warnings)
                .singleElement(as(STRING))
                .startsWith("GPUs may be overlooked, CUDA's runtime cannot be loaded from " + shown)
                .endsWith("where a folder allows no execution, -Djava.io.tmpdir names another")
                .doesNotContain("\n");

        assertThat(shown).doesNotExist();
        assertThat(System.getProperty(CudaRuntime.SEARCH_PATH)).isNull();
    }

    @Test
    void aLibtorchForCpusHasNone() throws IOException {
        describe("cpu", "libc10.so,libtorch.so");

        assertThat(searchPathWhileOffered()).isNull();
    }

    @Test
    void aBrokenJarIsNoReasonToFail() throws IOException {
        describe("cu124", "libcudart-8774224f.so.12");

        assertThat(searchPathWhileOffered()).isNull();
    }

    @Test
    void whatUsersChoseStays() throws IOException {
        describe("cu124", "libcudart-8774224f.so.12");
        System.setProperty(CudaRuntime.SEARCH_PATH, "/usr/local/cuda/lib64");

        assertThat(searchPathWhileOffered()).isEqualTo("/usr/local/cuda/lib64");
        assertThat(System.getProperty(CudaRuntime.SEARCH_PATH)).isEqualTo("/usr/local/cuda/lib64");
    }

    private String searchPathWhileOffered() throws IOException {
        try (URLClassLoader loader = loader();
                CudaRuntime runtime = CudaRuntime.offer(loader)) {
            return System.getProperty(CudaRuntime.SEARCH_PATH);
        }
    }

    /** What stands in the jars of DJL's {@code pytorch-native}. */
    private void describe(String flavor, String libraries) throws IOException {
        Path folder = Files.createDirectories(classPath.resolve("native/lib"));
        Files.writeString(
                folder.resolve("pytorch.properties"),
                "version=2.5.1-20241113\nflavor="
                        + flavor
                        + "\nclassifier=linux-x86_64\nlibraries="
                        + libraries);
    }

    private URLClassLoader loader() throws IOException {
        return new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null);
    }
}
