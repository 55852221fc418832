// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts are those of cudaGetErrorString, as PyTorch and ONNX Runtime hand them on. */
class SpoiledDeviceErrorTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA error: an illegal memory access was encountered",
                "CUDA error: an illegal instruction was encountered",
                "CUDA error: unspecified launch failure",
                "CUDA error: device-side assert triggered",
                "CUDA error: misaligned address",
                "CUDA error: invalid program counter",
                "CUDA error: hardware stack error",
                "CUDA error: operation not supported on global/shared address space",
                "CUDA error: the launch timed out and was terminated",
                "CUDA error: uncorrectable ECC error encountered",
                "CUDA error: uncorrectable NVLink error detected during the execution",
                "CUDA failure 700: an illegal memory access was encountered ; GPU=0 ; hostname=a"
            })
    void whatCudaDoesNotRecoverFromIsKnownByItsText(String text) {
        String message =
                "The following operation failed in the TorchScript interpreter.\n"
                        + "Traceback of TorchScript, serialized code (most recent call last):\n"
                        + "RuntimeError: "
                        + text
                        + "\nCUDA kernel errors might be asynchronously reported at some other API"
                        + " call, so the stacktrace below might be incorrect.\n";
        RuntimeException failure =
                new IllegalStateException("the call failed", new RuntimeException(message));

        assertThat(SpoiledDeviceError.of("gpu1", failure))
                .hasValueSatisfying(
                        error -> {
                            assertThat(error)
                                    .hasMessageStartingWith(
                                            "gpu1 is lost to this process, and only another one"
                                                    + " can use it again. CUDA says: ")
                                    .hasNoCause()
                                    .hasSuppressedException(failure);
                            assertThat(error.getMessage()).doesNotContain("\n");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUDA out of memory. Tried to allocate 2.38 GiB. GPU 0 has a total capacity of 11",
                "CUDA error: out of memory",
                "cuDNN error: CUDNN_STATUS_NOT_SUPPORTED",
                "CUDA error: invalid argument",
                "CUDA error: invalid device ordinal",
                "misaligned address", // of whom?
            })
    void whatMaySucceedTheNextTimeIsNot(String text) {
        assertThat(SpoiledDeviceError.of("gpu0", new RuntimeException(text))).isEmpty();
    }

    @Test
    void anErrorWithoutATextIsNot() {
        assertThat(SpoiledDeviceError.of("gpu0", new RuntimeException())).isEmpty();
    }
}
