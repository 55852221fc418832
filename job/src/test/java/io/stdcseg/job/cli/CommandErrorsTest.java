// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stdcseg.error.InputException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandErrorsTest {

    @Test
    void theInnermostCauseIsSaidOnOneLine() {
        Throwable error =
                new RuntimeException("outside", new IllegalStateException("a line\n  and more"));

        assertThat(CommandErrors.oneLine(error))
                .isEqualTo("IllegalStateException: a line and more");
    }

    @Test
    void filesAreNamedAsToolsDo() {
        assertThat(CommandErrors.oneLine(new NoSuchFileException("a", null, "is not there")))
                .isEqualTo("a: is not there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Java heap space|STDC_JAVA_OPTS=-Xmx",
                "GC overhead limit exceeded|STDC_JAVA_OPTS=-Xmx",
                "Cannot reserve 9 bytes of direct buffer memory|-XX:MaxDirectMemorySize=",
                "Direct buffer memory|-XX:MaxDirectMemorySize=",
                "unable to create native thread: possibly out of memory|ulimit -u",
                "FFmpeg cannot allocate 9 bytes|--height",
            })
    void memoryThatRanOutIsSaidWithWhatToTry(String message, String remedy) {
        Throwable error = new RuntimeException(new OutOfMemoryError(message));

        assertThat(CommandErrors.oneLine(error))
                .startsWith("OutOfMemoryError: " + message + "; ")
                .contains(remedy)
                .hasLineCount(1)
                .isEqualTo(CommandErrors.oneLine(new SerializedThrowable(error)));
    }

    /** Flink's own search fails on a plain Exception among the causes. */
    @Test
    void unusableInputIsFoundBehindWhateverFlinkPutsInFrontOfIt() {
        InputException input = new InputException("source 'a' is empty");

        for (Throwable error :
                List.of(
                        input,
                        new Exception("a", new Throwable("b", input)),
                        new SerializedThrowable(new Exception("a", input)),
                        new Exception(new SerializedThrowable(new Exception("a", input))))) {
            assertThat(CommandErrors.inputException(error)).hasMessage("source 'a' is empty");
        }
        assertThat(CommandErrors.inputException(new Exception("a", new OutOfMemoryError())))
                .isNull();
    }

    @Test
    void otherErrorsOfTheJavaMachineSayWhatToTry() {
        assertThat(CommandErrors.oneLine(new StackOverflowError()))
                .startsWith("StackOverflowError; ")
                .contains("STDC_JAVA_OPTS=-Xss");
        assertThat(CommandErrors.oneLine(new UnsatisfiedLinkError("no jni in java.library.path")))
                .contains("no jni in java.library.path; the build does not fit");
        assertThat(CommandErrors.oneLine(new NoClassDefFoundError("a/B")))
                .contains("a/B; the build");
    }
}
