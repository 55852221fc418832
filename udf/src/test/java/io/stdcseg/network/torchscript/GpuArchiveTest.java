// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.network.torchscript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.stdcseg.network.InputScale;
import io.stdcseg.network.ModelSpec;
import io.stdcseg.network.Precision;
import io.stdcseg.network.Variant;
import io.stdcseg.network.torchscript.TorchScriptOptions.ModuleTarget;
import io.stdcseg.tensor.TensorData;
import io.stdcseg.testing.HashedWeights;
import io.stdcseg.testing.Planes;
import io.stdcseg.testing.Streets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What GPUs get, looked at on a CPU: nothing here has run on a GPU. */
class GpuArchiveTest {

    private static final int ROWS = 64;
    private static final int COLUMNS = 96;

    /** All of them have CUDA kernels that know halves and bfloat16, in libtorch from 1.13 on. */
    private static final Set<String> OPERATORS =
            Set.of(
                    "adaptive_avg_pool2d",
                    "add",
                    "addcmul",
                    "avg_pool2d",
                    "bitwise_right_shift",
                    "cat",
                    "clamp",
                    "contiguous",
                    "conv2d",
                    "eq",
                    "flatten",
                    "floordiv",
                    "linear",
                    "max",
                    "mul",
                    "permute",
                    "relu_",
                    "repeat",
                    "reshape",
                    "sigmoid_",
                    "size",
                    "slice",
                    "sub",
                    "to",
                    "upsample_bilinear2d",
                    "upsample_nearest2d");

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INT8")
    void itsOperatorsAreThoseThatEveryGpuHas(Precision precision) {
        for (Variant variant : Variant.values()) {
            ModelSpec spec = new ModelSpec(variant, 19);
            String code =
                    ModuleCode.write(spec, HashedWeights.plain(spec), masks(precision)).text();

            assertThat(names(code, "torch\\.(\\w+)\\(")).isSubsetOf(OPERATORS);
            assertThat(names(code, "ops\\.(\\w+\\.\\w+)\\(")).containsOnly("prim.max");
        }
    }

    private static Set<String> names(String code, String pattern) {
        return Pattern.compile(pattern)
                .matcher(code)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static TorchScriptOptions masks(Precision precision) {
        return TorchScriptOptions.masks(InputScale.by(0.5), precision).on(ModuleTarget.ANY);
    }

    /** cuDNN would rearrange other maps before each of them, and back. */
    @ParameterizedTest
    @EnumSource(Variant.class)
    void everyConvolutionSeesItsMapsChannelsLast(Variant variant) throws Exception {
        ModelSpec spec = new ModelSpec(variant, 19);
        Path archive = folder.resolve("network.pt");
        TorchScriptWriter.write(
                archive, spec, HashedWeights.plain(spec), masks(Precision.FP32), Map.of());
        int[] convolutions = new int[1];
        Path checking = rewrite(archive, code -> checkingLayout(code, convolutions));

        byte[] mask = run(checking, 3);

        assertThat(mask).hasSize(3 * ROWS * COLUMNS);
        assertThat(convolutions[0]).as("convolutions").isGreaterThan(40);
    }

    /** The check itself: maps whose channels come first do not pass. */
    @Test
    void otherMapsWouldBeSeen() throws Exception {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 19);
        Path archive = folder.resolve("network.pt");
        TorchScriptWriter.write(
                archive, spec, HashedWeights.plain(spec), masks(Precision.FP32), Map.of());
        Path broken =
                rewrite(
                        archive,
                        code ->
                                checkingLayout(code, new int[1])
                                        .replace(
                                                "torch.permute(x, [0, 3, 1, 2])\n",
                                                "torch.contiguous(torch.permute(x, [0, 3, 1,"
                                                        + " 2]))\n"));

        assertThatThrownBy(() -> run(broken, 3)).hasMessageContaining("channels come first");
    }

    private static String checkingLayout(String code, int[] convolutions) {
        String conv = "torch\\.conv2d\\((\\w+), ";
        String linear = "torch\\.linear\\(torch\\.permute\\((\\w+), ";
        convolutions[0] =
                (int) Pattern.compile(conv + "|" + linear).matcher(code).results().count();
        assertThat(convolutions[0])
                .isEqualTo(
                        (int)
                                Pattern.compile("torch\\.(conv2d|linear)\\(")
                                        .matcher(code)
                                        .results()
                                        .count());
        String type =
                code.contains("self: __torch__.") ? code.split("self: ")[1].split(",")[0] : "";
        return code.replaceAll(conv, "torch.conv2d((self).seen($1, ), ")
                        .replaceAll(linear, "torch.linear(torch.permute((self).seen($1, ), ")
                + "  def seen(self: "
                + type
                + ", x: Tensor) -> Tensor:\n"
                + "    if torch.__not__(torch.is_contiguous(x, memory_format=2)):\n"
                + "      ops.prim.RaiseException(\"channels come first\")\n"
                + "    else:\n"
                + "      pass\n"
                + "    return x\n";
    }

    /** Halves end at 65,504. Weights are a hash: trained ones stay further from that. */
    @ParameterizedTest
    @EnumSource(Variant.class)
    void halvesStayFiniteAtEveryStage(Variant variant) throws Exception {
        ModelSpec spec = new ModelSpec(variant, 19);
        byte[] street = Streets.rgb(1, 1024, 512);
        Map<String, TensorData> weights = HashedWeights.plain(spec);
        TorchScriptOptions stages = TorchScriptOptions.stages(Precision.FP16).on(ModuleTarget.ANY);
        try (LoadedArchive archive = new LoadedArchive(folder, spec, weights, stages)) {
            List<NDArray> all = archive.run(street, 1, 512, 1024);

            assertThat(all).hasSize(12);
            for (NDArray stage : all) {
                assertThat(stage.getDataType()).isEqualTo(DataType.FLOAT32);
                float largest = stage.abs().max().getFloat();
                assertThat(largest).as(stage.getShape().toString()).isLessThan(65_504 / 4f);
            }
        }
    }

    /** {@code YuvToRgbTest} holds the same numbers against swscale. */
    @ParameterizedTest
    @CsvSource({"2, 2", "6, 4", "82, 144", "98, 50", "640, 360"})
    void planesBecomeTheLevelsOfTheirRgb(int width, int height) throws Exception {
        byte[] one = Planes.random(1, width, height);
        byte[] two = Planes.random(2, width, height);
        try (LoadedArchive archive = archive()) {
            NDArray levels =
                    archive.run(planes(archive, PlanesCode.LEVELS, width, height, one, two))
                            .singletonOrThrow();

            assertThat(levels.getShape()).isEqualTo(new Shape(2, 3, height, width));
            assertThat(levels.transpose(0, 2, 3, 1).toType(DataType.UINT8, true).toByteArray())
                    .isEqualTo(
                            concat(
                                    Planes.rgb(one, Planes.VIDEO, width, height),
                                    Planes.rgb(two, Planes.FULL_RANGE, width, height)));
        }
    }

    /** By one view, and by two whose scores are added up. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void masksOfPlanesAreThoseOfTheirRgb(boolean flip) throws Exception {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 19);
        TorchScriptOptions options =
                TorchScriptOptions.masks(List.of(InputScale.by(0.75)), flip, Precision.FP32)
                        .on(ModuleTarget.ANY);
        byte[] one = Planes.street(1, COLUMNS, ROWS);
        byte[] two = Planes.street(2, COLUMNS, ROWS);
        byte[] rgb =
                concat(
                        Planes.rgb(one, Planes.VIDEO, COLUMNS, ROWS),
                        Planes.rgb(two, Planes.FULL_RANGE, COLUMNS, ROWS));
        try (LoadedArchive archive =
                new LoadedArchive(folder, spec, HashedWeights.plain(spec), options)) {
            NDList planes = planes(archive, TorchScriptWriter.OF_PLANES, COLUMNS, ROWS, one, two);

            NDList results = archive.run(planes);

            assertThat(results).hasSize(flip ? 1 : 2);
            assertThat(results.head().toByteArray())
                    .isEqualTo(archive.masks(rgb, 2, ROWS, COLUMNS));
        }
    }

    private LoadedArchive archive() throws Exception {
        ModelSpec spec = new ModelSpec(Variant.STDC1, 19);
        return new LoadedArchive(folder, spec, HashedWeights.plain(spec), masks(Precision.FP32));
    }

    /** A call of a method on pictures of one size, which become RGB each by other numbers. */
    private static NDList planes(
            LoadedArchive archive, String method, int width, int height, byte[] one, byte[] two) {
        NDArray name = archive.manager().create(0f);
        name.setName("module_method:" + method);
        NDArray pictures =
                archive.manager()
                        .create(
                                ByteBuffer.wrap(concat(one, two)),
                                new Shape(2, height / 2 * 3, width),
                                DataType.UINT8);
        int[][] numbers = {Planes.VIDEO.coefficients(), Planes.FULL_RANGE.coefficients()};
        return new NDList(name, pictures, archive.manager().create(numbers));
    }

    private static byte[] concat(byte[] one, byte[] two) {
        return ByteBuffer.allocate(one.length + two.length).put(one).put(two).array();
    }

    private static byte[] run(Path archive, int pictures) throws Exception {
        try (Model model = Model.newInstance("network", Device.cpu(), "PyTorch")) {
            model.load(archive);
            NDManager manager = model.getNDManager();
            ByteBuffer levels = ByteBuffer.allocate(pictures * ROWS * COLUMNS * 3);
            NDArray x =
                    manager.create(levels, new Shape(pictures, ROWS, COLUMNS, 3), DataType.UINT8);
            return model.getBlock()
                    .forward(new ParameterStore(manager, false), new NDList(x), false)
                    .singletonOrThrow()
                    .toByteArray();
        }
    }

    /** A copy with another program. */
    private Path rewrite(Path archive, UnaryOperator<String> program) throws IOException {
        Path copy = folder.resolve("rewritten.pt");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                if (entry.getName().endsWith(".py")) {
                    bytes = program.apply(new String(bytes, UTF_8)).getBytes(UTF_8);
                }
                CRC32 crc = new CRC32();
                crc.update(bytes);
                ZipEntry stored = new ZipEntry(entry.getName());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(bytes.length);
                stored.setCrc(crc.getValue());
                out.putNextEntry(stored);
                out.write(bytes);
                out.closeEntry();
            }
        }
        return copy;
    }
}
