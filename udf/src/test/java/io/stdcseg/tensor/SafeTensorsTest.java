// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {

    @TempDir Path folder;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        Map<String, TensorData> tensors = new LinkedHashMap<>();
        tensors.put(
                "bytes",
                new TensorData(
                        ElementType.U8, new long[] {3}, ByteBuffer.wrap(new byte[] {1, 2, 3})));
        tensors.put("floats", TensorData.of(new float[] {1, -2, 0.5f, 4}, 2, 2));
        tensors.put("half", TensorData.of(new float[] {0.25f}).to(ElementType.F16));
        tensors.put("empty", TensorData.of(new float[0], 0, 4));
        Path file = folder.resolve("new/weights.safetensors");

        SafeTensors.write(file, tensors, Map.of("model", "stdc1-seg50"));
        SafeTensors.Contents read = SafeTensors.read(file);

        assertThat(read.metadata()).containsExactly(Map.entry("model", "stdc1-seg50"));
        assertThat(read.tensors()).containsOnlyKeys("bytes", "floats", "half", "empty");
        tensors.forEach(
                (name, tensor) -> {
                    assertThat(read.tensors().get(name).type()).isEqualTo(tensor.type());
                    assertThat(read.tensors().get(name).shape()).isEqualTo(tensor.shape());
                    assertThat(read.tensors().get(name).bytes()).isEqualTo(tensor.bytes());
                });
        try (var files = Files.list(file.getParent())) {
            assertThat(files).as("no temporary file stays").containsExactly(file);
        }
    }

    @Test
    void writingReplacesTheFile() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        SafeTensors.write(file, Map.of("a", TensorData.of(new float[] {1}, 1)), Map.of());
        SafeTensors.write(file, Map.of("b", TensorData.of(new float[] {2}, 1)), Map.of());

        assertThat(SafeTensors.read(file).tensors()).containsOnlyKeys("b");
    }

    @Test
    void referenceNumbersAreRead() throws IOException {
        try (InputStream in =
                getClass().getResourceAsStream("/reference/forward_stdc1_90x122_c11.safetensors")) {
            SafeTensors.Contents read = SafeTensors.read(in);

            assertThat(read.tensors().get("image").type()).isEqualTo(ElementType.U8);
            assertThat(read.tensors().get("image").shape()).containsExactly(1, 3, 90, 122);
        }
    }

    @Test
    void anAbsentFileIsNamed() {
        assertThatThrownBy(() -> SafeTensors.read(folder.resolve("none.safetensors")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("none.safetensors cannot be read: it does not exist");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}} | 8 | has offsets [0, 16] in 8 bytes
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | 8 | has offsets [8, 0] in 8 bytes
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}} | 8 | has data_offsets [-8,0]; a list of
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0]}} | 8 | has offsets [0] in
                    {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | 8 | of F32 [3] has 8 bytes
                    {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}} | 0 | has 0 bytes
                    {"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}} | 8 | has shape [1.5]; a list of
                    {"a":{"dtype":"F32","shape":"2","data_offsets":[0,8]}} | 8 | has shape "2"; a list of
                    {"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}} | 8 | has dtype 'C64'; allowed are [F64, F32
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | 'b' begins at byte 4 of the data, where byte 8 is next
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | 8 | 'a' begins at byte 4 of the data, where byte 0 is next
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 8 | its tensors end at byte 4 of 8
                    {"a":3} | 0 | has dtype ''
                    {"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}} | 0 | Duplicate field
                    {"__metadata__":{"a":1}} | 0 | entry 'a' is not text
                    {"__metadata__":[]} | 0 | __metadata__ is not a JSON object
                    [1,2] | 0 | its header is not a JSON object
                    {} {} | 0 | its header is not JSON
                    {"a" | 0 | its header is not JSON
                    """)
    void aLyingHeaderIsRefused(String header, int dataBytes, String reason) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        Path file = file(json.length, json, dataBytes);

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(file + " is not a usable safetensors file: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "11", "100000000", "9223372036854775807", "-1"})
    void aLyingHeaderLengthIsRefused(long length) throws IOException {
        Path file = file(length, "{}".getBytes(StandardCharsets.UTF_8), 8);

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("its header length is " + Long.toUnsignedString(length));
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        byte[] json = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        Path file = file(json.length, json, 0);

        assertThatThrownBy(() -> SafeTensors.read(file)).isInstanceOf(InputException.class);
    }

    @Test
    void aFileWithoutAHeaderIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("short.safetensors"), new byte[3]);

        assertThatThrownBy(() -> SafeTensors.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it has 3 bytes, fewer than a header");
    }

    private Path file(long length, byte[] header, int dataBytes) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        return Files.write(folder.resolve("hostile.safetensors"), bytes.array());
    }
}
