// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that {@code scripts/bench} starts from its source: no build compiles it. */
class BaselineTest {

    @TempDir private Path folder;

    @Test
    void compiles() {
        Path source = SharedData.projectRoot().resolve("scripts/baseline/VideoParts.java");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();

        int code =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                errors,
                                "-proc:none",
                                "-d",
                                folder.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                source.toString());

        assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    }
}
