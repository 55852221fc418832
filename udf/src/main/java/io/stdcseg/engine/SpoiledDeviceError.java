// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Error after which a process computes nothing more on its GPUs, however often it tries: CUDA's
 * context is lost, and only another process gets a new one. An error and no exception, so that
 * nobody tries again.
 */
public final class SpoiledDeviceError extends Error {

    private static final long serialVersionUID = 1L;

    /**
     * Texts of the errors of which CUDA's manual says that they leave the process in an
     * inconsistent state, or the card.
     *
     * @see <a href="https://docs.nvidia.com/cuda/cuda-runtime-api/group__CUDART__TYPES.html">Data
     *     types used by CUDA Runtime</a>
     */
    private static final List<String> LAST_WORDS =
            List.of(
                    "an illegal memory access was encountered",
                    "an illegal instruction was encountered",
                    "unspecified launch failure",
                    "device-side assert triggered",
                    "misaligned address",
                    "invalid program counter",
                    "hardware stack error",
                    "operation not supported on global/shared address space",
                    "the launch timed out and was terminated",
                    "uncorrectable ecc error",
                    "uncorrectable nvlink error",
                    "invalid access of peer gpu memory over nvlink",
                    "context is destroyed",
                    "external device failure");

    /** What CUDA said in full goes along, but is not the root of the matter that users read. */
    private SpoiledDeviceError(String message, Throwable failure) {
        super(message);
        addSuppressed(failure);
    }

    /** The error behind a failed call on a GPU; empty if the next call may succeed. */
    public static Optional<SpoiledDeviceError> of(String device, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            String words = message.toLowerCase(Locale.ROOT);
            Optional<String> last = LAST_WORDS.stream().filter(words::contains).findFirst();
            if (last.isPresent() && words.contains("cuda")) {
                return Optional.of(
                        new SpoiledDeviceError(
                                device
                                        + " is lost to this process, and only another one can use"
                                        + " it again. CUDA says: "
                                        + last.get(),
                                failure));
            }
        }
        return Optional.empty();
    }
}
