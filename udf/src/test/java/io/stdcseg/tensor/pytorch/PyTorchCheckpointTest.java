// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.tensor.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stdcseg.error.InputException;
import io.stdcseg.tensor.ElementType;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.SharedData;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files written by PyTorch; the values are described in {@code reference/README.md}. */
class PyTorchCheckpointTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "state_dict_zip",
                "state_dict_legacy",
                "nested_zip",
                "nested_legacy",
                "data_parallel_zip",
                "data_parallel_legacy",
                "protocol4_zip",
                "protocol4_legacy"
            })
    void everyEncodingGivesTheSameValues(String name) throws Exception {
        Map<String, TensorData> tensors = PyTorchCheckpoint.read(resource(name + ".pth"));

        assertThat(tensors.keySet())
                .containsExactly(
                        "f32",
                        "f16",
                        "bf16",
                        "f64",
                        "i64_scalar",
                        "u8",
                        "bool",
                        "transposed",
                        "view_offset",
                        "strided",
                        "channels_last",
                        "empty",
                        "parameter",
                        "shared_a",
                        "shared_b");
        check(tensors, "f32", ElementType.F32, i -> i / 8.0, 2, 3, 4);
        check(tensors, "f16", ElementType.F16, i -> i / 8.0, 2, 3, 4);
        check(tensors, "bf16", ElementType.BF16, i -> i / 8.0, 2, 3, 4);
        check(tensors, "f64", ElementType.F64, i -> (float) i / 3.0, 2, 3, 4);
        check(tensors, "i64_scalar", ElementType.I64, i -> 12345);
        check(tensors, "u8", ElementType.U8, i -> i, 7);
        check(tensors, "bool", ElementType.BOOL, i -> 1 - i, 2);
        check(
                tensors,
                "transposed",
                ElementType.F32,
                i -> i / 6 + 4 * (i / 2 % 3) + 12 * (i % 2),
                4,
                3,
                2);
        check(tensors, "view_offset", ElementType.F32, i -> 5 + i, 6);
        check(tensors, "strided", ElementType.F32, i -> 3 * i, 8);
        check(tensors, "channels_last", ElementType.F32, i -> i, 1, 3, 4, 5);
        check(tensors, "empty", ElementType.F32, i -> 0, 0, 4);
        check(tensors, "parameter", ElementType.F32, i -> 0.25, 2, 2);
        check(tensors, "shared_a", ElementType.F32, i -> i, 2, 3, 4);
        check(tensors, "shared_b", ElementType.F32, i -> 12 + i, 3, 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    refuse_code_zip | it refers to posix.system; allowed are dictionaries of tensors
                    refuse_code_legacy | it refers to posix.system; allowed are dictionaries of tensors
                    refuse_empty | it is empty
                    refuse_not_a_checkpoint | it is not a file that torch.save writes
                    refuse_tensor_outside_storage | storage 0 has 8 bytes; its tensors say 24 elements of 4
                    refuse_truncated_legacy | it is cut short or damaged: 1 bytes are needed at byte 1746
                    refuse_truncated_zip | its zip archive is cut short or damaged
                    refuse_whole_module | it refers to torch.nn.modules.linear.Linear; save model.state_dict()
                    """)
    void hostileAndBrokenFilesAreRefusedByName(String name, String reason) throws Exception {
        Path owned = Path.of("/tmp/owned-by-a-checkpoint");
        Path file = resource(name + ".pth");

        assertThatThrownBy(() -> PyTorchCheckpoint.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("checkpoint " + file + " is refused: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
        assertThat(owned).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict_zip", "nested_legacy", "protocol4_legacy"})
    void noPrefixOfAFileIsAccepted(String name, @TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(resource(name + ".pth"));
        Path file = folder.resolve("cut.pth");
        for (int length = 0; length < whole.length; length += 37) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> PyTorchCheckpoint.read(file))
                    .isInstanceOf(InputException.class);
        }
    }

    /** Whatever a changed byte makes of a file, it is values or a refusal, nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"state_dict_zip", "nested_legacy", "protocol4_legacy"})
    void everyDamageIsEitherReadOrRefused(String name, @TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(resource(name + ".pth"));
        Path file = folder.resolve("damaged.pth");
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 + i * 37 % 255);
            Files.write(file, damaged);
            try {
                PyTorchCheckpoint.read(file);
            } catch (InputException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
            }
        }
    }

    @Test
    void anAbsentFileIsNamed() {
        assertThatThrownBy(() -> PyTorchCheckpoint.read(Path.of("no/such.pth")))
                .isInstanceOf(InputException.class)
                .hasMessage("weights no/such.pth cannot be read: it does not exist");
    }

    @Test
    void theRealCheckpointIsRead() {
        Path file = SharedData.require("reference/stdc1_camvid.pth");

        Map<String, TensorData> tensors = PyTorchCheckpoint.read(file);

        assertThat(tensors).hasSize(460);
        assertThat(tensors.get("cp.backbone.features.0.conv.weight").shape())
                .containsExactly(32, 3, 3, 3);
        assertThat(tensors.get("conv_out.conv_out.weight").shape()).containsExactly(11, 256, 1, 1);
        assertThat(tensors.get("cp.backbone.x2.0.0.conv.weight").toFloats())
                .isEqualTo(tensors.get("cp.backbone.features.0.conv.weight").toFloats());
    }

    private static void check(
            Map<String, TensorData> tensors,
            String name,
            ElementType type,
            IntToDoubleFunction value,
            long... shape) {
        TensorData tensor = tensors.get(name);
        assertThat(tensor.type()).as(name).isEqualTo(type);
        assertThat(tensor.shape()).as(name).containsExactly(shape);
        int elements = (int) tensor.elements();
        assertThat(IntStream.range(0, elements).mapToDouble(tensor::get).toArray())
                .as(name)
                .containsExactly(IntStream.range(0, elements).mapToDouble(value).toArray());
    }

    private static Path resource(String name) throws URISyntaxException, IOException {
        return Path.of(
                PyTorchCheckpointTest.class.getResource("/reference/checkpoints/" + name).toURI());
    }
}
