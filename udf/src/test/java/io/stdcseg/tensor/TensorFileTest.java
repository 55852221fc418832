// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.pytorch.PyTorchCheckpointWriter;
import io.stdcseg.weights.StateDicts;
import io.stdcseg.weights.TorchScriptFile;
import io.stdcseg.weights.Weights;
import io.stdcseg.weights.Weights.Overrides;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFileTest {

    @TempDir Path folder;

    @Test
    void aFileIsReadAndHashedOnce() throws IOException {
        Path file = folder.resolve("w.pth");
        PyTorchCheckpointWriter.write(file, StateDicts.published("stdc1"));
        TensorFile first = TensorFile.read(file);

        assertThat(TorchScriptFile.read(file)).isEmpty();
        Weights client = Weights.read(file, Overrides.NONE);
        Weights job = Weights.read(file, Overrides.NONE);

        assertThat(TensorFile.read(file)).isSameAs(first);
        assertThat(client.sha256()).isSameAs(first.sha256());
        assertThat(job.sha256()).isSameAs(first.sha256());
    }

    @Test
    void aFileThatWasWrittenAgainIsReadAgain() throws IOException {
        Path file = folder.resolve("w.safetensors");
        SafeTensors.write(file, Map.of("a", TensorData.of(new float[] {1}, 1)), Map.of());
        TensorFile before = TensorFile.read(file);
        SafeTensors.write(file, Map.of("a", TensorData.of(new float[] {2}, 1)), Map.of());

        assertThat(TensorFile.read(file).sha256()).isNotEqualTo(before.sha256());
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments("version https://git-lfs.github.com/spec/v1\n", "it is a pointer of Git"),
                arguments("\n <!DOCTYPE html>\n<html></html>", "it is a web page"),
                arguments("<HTML><body>404</body>", "it is a web page"),
                arguments("<?xml version='1.0'?><Error/>", "it is a web page"),
                arguments("\u0008\u0008\u0012\u0007pytorch\u001a\u00052.7.1", "it is an ONNX"),
                arguments("\u0089HDF\r\n\u001a\n", "it is an HDF5 file"),
                arguments("\u001f\u008b\u0008\u0000\u0000", "it is a packed archive"),
                arguments("{\"architectures\": []}\n", "it is text"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void otherFilesAreCalledWhatTheyAre(String content, String what) throws IOException {
        Path file = folder.resolve("w.pth");
        Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Weights.read(file, Overrides.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("checkpoint " + file + " is refused: " + what)
                .hasMessageEndingWith("; allowed are .pth, .safetensors and TorchScript .pt")
                .hasMessageNotContaining("\n");
    }
}
