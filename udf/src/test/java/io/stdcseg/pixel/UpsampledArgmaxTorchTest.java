// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.testing.TorchProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch itself, whose compiled code fuses and reorders operations and so rounds differently. */
class UpsampledArgmaxTorchTest {

    /** Enlarges twice. */
    private static final String TWICE =
            "torch.upsample_bilinear2d(torch.upsample_bilinear2d(x, [%d, %d], True, None),"
                    + " [%d, %d], True, None)";

    @BeforeAll
    static void load() {
        PyTorchRuntime.get(SegmenterOptions.DEFAULTS.threads());
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
        new UpsampledArgmax(
                        classes, rows, columns, netHeight, netWidth, height, width, Partition.WHOLE)
                .write(FloatBuffer.wrap(scores), ids);

        float[] enlarged =
                run(
                        String.format(Locale.ROOT, TWICE, netHeight, netWidth, height, width),
                        scores,
                        new Shape(1, rows, columns, classes));

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
    private static float[] run(String enlarge, float[] scores, Shape shape)
            throws IOException, MalformedModelException {
        try (TorchProgram program = new TorchProgram(enlarge)) {
            NDArray maps = program.manager().create(scores, shape).transpose(0, 3, 1, 2);
            return program.run(maps).transpose(0, 2, 3, 1).toFloatArray();
        }
    }

    private static float largest(float[] scores) {
        float largest = 0;
        for (float score : scores) {
            largest = Math.max(largest, Math.abs(score));
        }
        return largest;
    }
}
