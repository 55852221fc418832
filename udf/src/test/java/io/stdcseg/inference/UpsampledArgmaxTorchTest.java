// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch itself, whose compiled code fuses and reorders operations and so rounds differently. */
class UpsampledArgmaxTorchTest {

    /** A class whose forward method enlarges twice. */
    private static final String PROGRAM =
            """
            class Upsample(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Upsample, x: Tensor) -> Tensor:
                net = torch.upsample_bilinear2d(x, [%d, %d], True, None)
                return torch.upsample_bilinear2d(net, [%d, %d], True, None)
            """;

    /** An object of it, and no constants; pickled. */
    private static final String OBJECT =
            "\u0080\u0002c__torch__\nUpsample\n)\u0081}X\b\0\0\0training\u0089sb.";

    private static final String CONSTANTS = "\u0080\u0002).";

    @TempDir private Path folder;

    @BeforeAll
    static void load() {
        TorchEngine.get(SegmenterOptions.DEFAULTS.threads());
    }

    /** The first column is the share of the pixels that may differ. */
    @ParameterizedTest
    @CsvSource({
        "0.0001, SMOOTH, 11, 45, 80, 360, 640, 720, 1280",
        "0.0001, BFLOAT16, 11, 45, 80, 360, 640, 720, 1280",
        "0.0001, BFLOAT16, 19, 45, 60, 360, 480, 360, 480",
        "0.0001, NOISE, 5, 13, 31, 97, 241, 61, 500",
        "1, NEAR_TIES, 11, 45, 80, 360, 640, 720, 1280",
    })
    void itDiffersFromPyTorchOnlyWhereRoundingDecides(
            double share,
            ScoreMap kind,
            int classes,
            int rows,
            int columns,
            int netHeight,
            int netWidth,
            int height,
            int width)
            throws IOException, MalformedModelException {
        float[] scores = kind.make(new Random(6), classes, rows, columns);
        ByteBuffer ids = ByteBuffer.allocate(height * width);
        new UpsampledArgmax(classes, rows, columns, netHeight, netWidth, height, width)
                .write(FloatBuffer.wrap(scores), ids);

        write(String.format(Locale.ROOT, PROGRAM, netHeight, netWidth, height, width));
        float[] enlarged = run(scores, new Shape(1, rows, columns, classes));

        int different = 0;
        float largestGap = 0;
        for (int pixel = 0; pixel < ids.capacity(); pixel++) {
            int best = pixel * classes;
            for (int i = best + 1; i < (pixel + 1) * classes; i++) {
                best = enlarged[i] > enlarged[best] ? i : best;
            }
            int chosen = pixel * classes + Byte.toUnsignedInt(ids.get(pixel));
            different += chosen == best ? 0 : 1;
            largestGap = Math.max(largestGap, enlarged[best] - enlarged[chosen]);
        }
        assertThat(different).isLessThan((int) (share * height * width));
        assertThat(largestGap).isLessThan(largest(scores) * 0x1p-20f);
    }

    /** Scores (1, rows, columns, classes), enlarged. */
    private float[] run(float[] scores, Shape shape) throws IOException, MalformedModelException {
        try (Model model = Model.newInstance("upsample", Device.cpu(), "PyTorch")) {
            model.load(folder, "upsample");
            NDManager manager = model.getNDManager();
            NDArray maps = manager.create(scores, shape).transpose(0, 3, 1, 2);
            return model.getBlock()
                    .forward(new ParameterStore(manager, false), new NDList(maps), false)
                    .singletonOrThrow()
                    .transpose(0, 2, 3, 1)
                    .toFloatArray();
        }
    }

    private void write(String program) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(folder.resolve("upsample.pt")))) {
            put(zip, "data.pkl", OBJECT);
            put(zip, "code/__torch__.py", program);
            put(zip, "constants.pkl", CONSTANTS);
            put(zip, "version", "3\n");
        }
    }

    private static void put(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry("upsample/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static float largest(float[] scores) {
        float largest = 0;
        for (float score : scores) {
            largest = Math.max(largest, Math.abs(score));
        }
        return largest;
    }
}
