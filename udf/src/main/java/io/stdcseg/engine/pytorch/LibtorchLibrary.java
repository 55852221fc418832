// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/**
 * Libraries of libtorch for C++, those that DJL has loaded: what it can do and DJL has no words
 * for, called through JNA by the compiler's names. An exception of C++ there ends the process.
 */
final class LibtorchLibrary {

    private LibtorchLibrary() {}

    /**
     * One of them, after DJL is loaded.
     *
     * @param name such as {@code torch_cpu}
     * @throws UnsatisfiedLinkError if this libtorch has none
     */
    static NativeLibrary named(String name) {
        Path file = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName(name));
        return NativeLibrary.getInstance(file.toAbsolutePath().toString());
    }

    /** Why something of it cannot be called: one line. */
    static String reason(Throwable error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }
}
