// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.testing.SharedData;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that scripts start from their source: no build compiles them. */
class BaselineTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"baseline/VideoParts.java", "baseline/Encoders.java", "proof/SameRun.java"})
    void compiles(String program) {
        Path source = SharedData.projectRoot().resolve("scripts").resolve(program);
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
