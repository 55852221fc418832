// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyTorchRuntimeTest {

    private static final String REMEDY =
            "; run scripts/install-flink-lib FLINK_HOME and restart the cluster";

    @Test
    void aLibraryThatLacksAnotherNamesIt() {
        Throwable cause =
                new UnsatisfiedLinkError("libcaffe2_nvrtc.so: libcuda.so.1: cannot open\nmore");

        assertThat(explain(cause))
                .isEqualTo(
                        "PyTorch cannot be loaded: libcaffe2_nvrtc.so: libcuda.so.1: cannot open");
    }

    @Test
    void aLibraryOfAnotherJobIsExplained() {
        Throwable cause =
                new UnsatisfiedLinkError(
                        "Native Library libc10.so already loaded in another classloader");

        assertThat(explain(cause))
                .isEqualTo(
                        "PyTorch is already loaded by another job of this process, and a jar that"
                                + " brings it along works once in each"
                                + REMEDY
                                + ", and submit stdc-job.jar; or use application mode");
    }

    @Test
    void missingJarsAreToBeInstalled() {
        assertThat(explain(new IOException("Offline mode is enabled")))
                .isEqualTo("PyTorch cannot be loaded: Offline mode is enabled" + REMEDY);
    }

    /** As DJL wraps it. */
    private static String explain(Throwable cause) {
        return PyTorchRuntime.explain(
                        new IllegalStateException("Failed to load PyTorch native library", cause))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 20.00 MiB.",
                "CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`",
                "cuDNN error: CUDNN_STATUS_ALLOC_FAILED",
                "GET was unable to find an engine to execute this computation",
                "FIND was unable to find an engine to execute this computation"
            })
    void aLackOfMemoryIsToldByPyTorchsWords(String message) {
        String words =
                "The following operation failed in the TorchScript interpreter.\nRuntimeError: "
                        + message;

        assertThat(PyTorchRuntime.ranOutOfMemory(new EngineException(words))).isTrue();
        assertThat(PyTorchRuntime.ranOutOfMemory(new IllegalStateException(words))).isFalse();
    }

    @Test
    void otherErrorsAreNoLackOfMemory() {
        assertThat(PyTorchRuntime.ranOutOfMemory(new EngineException("shapes differ"))).isFalse();
        assertThat(PyTorchRuntime.ranOutOfMemory(new EngineException((String) null))).isFalse();
    }
}
