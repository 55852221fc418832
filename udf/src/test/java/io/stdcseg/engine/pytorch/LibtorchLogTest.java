// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibtorchLogTest {

    /** Below that libtorch would say of DJL, NNPACK and others what no user can change. */
    @Test
    void libtorchSaysErrorsOnly() {
        PyTorchRuntime.get(1);

        Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("c10"));
        int level =
                NativeLibrary.getInstance(library.toString())
                        .getGlobalVariableAddress("FLAGS_caffe2_log_level")
                        .getInt(0);
        assertThat(level).isEqualTo(2);
    }
}
