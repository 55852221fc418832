// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.FileErrors;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.tensor.pytorch.Storages.StorageRef;
import io.stdcseg.tensor.pytorch.StridedTensorReader.TensorRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchCheckpointWriterTest {

    private static final FileErrors ERRORS = new FileErrors("f");

    @TempDir Path folder;

    private final Map<String, TensorData> tensors = new LinkedHashMap<>();
    private Path file;

    @BeforeEach
    void makeTensors() {
        file = folder.resolve("new/state.pth");
        TensorData floats = TensorData.of(new float[] {1, -2, 3, 0.5f, 5, 6}, 3, 2);
        tensors.put("b", floats);
        tensors.put("a.half", floats.to(ElementType.F16));
        tensors.put("a.bfloat", floats.to(ElementType.BF16));
        tensors.put("b.again", floats);
        tensors.put("equal", TensorData.of(floats.toFloats(), 3, 2));
        ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, 7L);
        tensors.put("count", new TensorData(ElementType.I64, new long[0], count));
    }

    @Test
    void whatIsWrittenIsReadInTheSameOrder() throws IOException {
        PyTorchCheckpointWriter.write(file, tensors);

        Map<String, TensorData> read = PyTorchCheckpoint.read(file);

        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
        tensors.forEach(
                (name, tensor) -> {
                    assertThat(read.get(name).type()).as(name).isEqualTo(tensor.type());
                    assertThat(read.get(name).shape()).as(name).isEqualTo(tensor.shape());
                    assertThat(read.get(name).bytes()).as(name).isEqualTo(tensor.bytes());
                });
        assertThat(read.get("count").get(0)).isEqualTo(7);
    }

    @Test
    void aNestedDictionaryIsReadAlike() throws IOException {
        PyTorchCheckpointWriter.writeNested(file, tensors);

        Map<String, TensorData> read = PyTorchCheckpoint.read(file);

        assertThat(read.keySet()).containsExactlyElementsOf(tensors.keySet());
        assertThat(read.get("b").toFloats()).isEqualTo(tensors.get("b").toFloats());
    }

    @Test
    void namesOfOneTensorShareAStorageAndNoOthers() throws IOException {
        PyTorchCheckpointWriter.write(file, tensors);

        Map<String, TensorRef> refs =
                StateDict.of(new ZipCheckpoint(content(), ERRORS).root(), ERRORS);

        assertThat(refs.values().stream().map(ref -> ref.storage().key()))
                .containsExactly("0", "1", "2", "0", "3", "4");
        TensorRef ref = refs.get("b.again");
        assertThat(ref.storage()).isEqualTo(new StorageRef("0", ElementType.F32, 6, 0, 6));
        assertThat(ref.strides()).containsExactly(2, 1);
        assertThat(refs.get("count").shape()).isEmpty();
    }

    @Test
    void theArchiveHasWhatPyTorchWantsAndNothingTwice() throws IOException {
        PyTorchCheckpointWriter.write(file, tensors);

        ZipArchive zip = new ZipArchive(content(), ERRORS);

        String root = "stdcseg/";
        assertThat(zip.names())
                .containsExactlyInAnyOrder(
                        root + "data.pkl",
                        root + "data/0",
                        root + "data/1",
                        root + "data/2",
                        root + "data/3",
                        root + "data/4",
                        root + "version",
                        root + "byteorder");
        for (String key : List.of("0", "1", "2", "3", "4")) {
            assertThat(zip.bytes(root + "data/" + key).arrayOffset() % 64).isZero();
        }
    }

    @Test
    void theSameTensorsGiveTheSameBytes() throws IOException {
        Path again = folder.resolve("again.pth");

        PyTorchCheckpointWriter.write(file, tensors);
        PyTorchCheckpointWriter.write(again, tensors);

        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void aFileThatCannotBeFinishedIsNotThere() throws IOException {
        PyTorchCheckpointWriter.write(file, tensors);
        byte[] before = Files.readAllBytes(file);
        tensors.put("flag", new TensorData(ElementType.BOOL, new long[1], ByteBuffer.allocate(0)));

        assertThatThrownBy(() -> PyTorchCheckpointWriter.write(file, tensors))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no tensors of type BOOL");

        assertThat(file).hasBinaryContent(before);
        assertThat(file.getParent()).isDirectoryNotContaining(path -> !path.equals(file));
    }

    private ByteBuffer content() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file));
    }
}
