// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import io.stdcseg.engine.SegmenterOptions;
import io.stdcseg.engine.pytorch.PyTorchRuntime;
import io.stdcseg.network.Normalisation;
import io.stdcseg.testing.TorchProgram;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSamplerTest {

    /** Rows and columns of a picture and of the network's input. */
    private record Sizes(int height, int width, int netHeight, int netWidth) {

        PictureSampler sampler() {
            return new PictureSampler(height, width, netHeight, netWidth, Partition.WHOLE);
        }

        byte[] picture(int seed) {
            byte[] rgb = new byte[height * width * 3];
            new Random(seed).nextBytes(rgb);
            return rgb;
        }

        FloatBuffer input() {
            return ByteBuffer.allocateDirect(netHeight * netWidth * 3 * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "72,128,36,64",
        "72,128,54,96",
        "45,61,45,61",
        "45,61,45,30",
        "45,61,22,61",
        "45,61,101,97",
        "45,61,91,30",
        "45,61,22,121",
        "1,1,1,1",
        "1,1,5,7",
        "7,5,1,1",
        "1,9,4,3",
        "9,1,3,4",
        "9,8,1,3",
        "9,8,3,1",
        "2,2,33,35",
        "33,35,2,2",
        "37,1000,9,999",
        "45,128,22,79"
    })
    void equalsPyTorchAndThePlainFormula(int height, int width, int netHeight, int netWidth)
            throws IOException, MalformedModelException {
        Sizes sizes = new Sizes(height, width, netHeight, netWidth);
        PictureSampler sampler = sizes.sampler();
        for (int seed = 1; seed <= 2; seed++) {
            byte[] rgb = sizes.picture(seed);

            float[] found = write(sampler, direct(rgb), sizes.input());

            assertThat(found).isEqualTo(plain(rgb, sizes));
            assertThat(largestDifference(found, pyTorch(rgb, sizes))).isLessThan(1e-5f);
        }
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "30"})
    void partsMakeTheWhole(int parts) {
        Sizes sizes = new Sizes(45, 61, 22, 30);
        byte[] rgb = sizes.picture(5);
        FloatBuffer input = sizes.input();

        for (Partition part : Partition.split(parts)) {
            new PictureSampler(45, 61, 22, 30, part).write(direct(rgb), input);
        }

        float[] found = new float[input.capacity()];
        input.get(0, found);
        assertThat(found).isEqualTo(plain(rgb, sizes));
    }

    @Test
    void heapBuffersServeAndPositionsDoNotMatter() {
        Sizes sizes = new Sizes(20, 30, 10, 15);
        byte[] rgb = sizes.picture(3);
        ByteBuffer picture = ByteBuffer.wrap(rgb).position(5);
        FloatBuffer input = FloatBuffer.allocate(10 * 15 * 3).position(7);

        float[] found = write(sizes.sampler(), picture, input);

        assertThat(found).isEqualTo(plain(rgb, sizes));
        assertThat(picture.position()).isEqualTo(5);
        assertThat(input.position()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({"72,128,36,64", "36,64,36,64", "36,64,54,96"})
    void allocatesNothingPerPicture(int height, int width, int netHeight, int netWidth) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Sizes sizes = new Sizes(height, width, netHeight, netWidth);
        PictureSampler sampler = sizes.sampler();
        ByteBuffer rgb = direct(sizes.picture(4));
        FloatBuffer input = sizes.input();
        sampler.write(rgb, input);
        threads.getCurrentThreadAllocatedBytes();

        int pictures = 100;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < pictures; i++) {
            sampler.write(rgb, input);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated / pictures).isLessThan(16); // less than the smallest object
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
    }

    private static float[] write(PictureSampler sampler, ByteBuffer rgb, FloatBuffer input) {
        sampler.write(rgb, input);
        float[] values = new float[input.capacity()];
        input.get(0, values);
        return values;
    }

    private static float largestDifference(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        float largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }

    private static float[] plain(byte[] rgb, Sizes sizes) {
        AxisInterpolation rows = new AxisInterpolation(sizes.height, sizes.netHeight);
        AxisInterpolation columns = new AxisInterpolation(sizes.width, sizes.netWidth);
        float[] input = new float[sizes.netHeight * sizes.netWidth * 3];
        for (int i = 0; i < input.length; i++) {
            int channel = i % 3;
            int x = i / 3 % sizes.netWidth;
            int y = i / 3 / sizes.netWidth;
            int upper = rows.first(y) * sizes.width;
            int lower = rows.second(y) * sizes.width;
            int left = columns.first(x);
            int right = columns.second(x);
            float w0 = columns.firstWeight(x);
            float w1 = columns.secondWeight(x);
            float a = normalised(rgb, upper + left, channel);
            float b = normalised(rgb, upper + right, channel);
            float c = normalised(rgb, lower + left, channel);
            float d = normalised(rgb, lower + right, channel);
            input[i] =
                    rows.firstWeight(y) * (w0 * a + w1 * b)
                            + rows.secondWeight(y) * (w0 * c + w1 * d);
        }
        return input;
    }

    private static float normalised(byte[] rgb, int pixel, int channel) {
        int level = Byte.toUnsignedInt(rgb[pixel * 3 + channel]);
        return level * Normalisation.scale()[channel] + Normalisation.shift()[channel];
    }

    private static float[] pyTorch(byte[] rgb, Sizes sizes)
            throws IOException, MalformedModelException {
        PyTorchRuntime.get(SegmenterOptions.DEFAULTS.threads());
        String resize =
                String.format(
                        Locale.ROOT,
                        "torch.upsample_bilinear2d(x, [%d, %d], True, None)",
                        sizes.netHeight,
                        sizes.netWidth);
        try (TorchProgram program = new TorchProgram(resize)) {
            NDManager manager = program.manager();
            Shape shape = new Shape(1, sizes.height, sizes.width, 3);
            NDArray normalised =
                    manager.create(direct(rgb), shape, DataType.UINT8)
                            .toType(DataType.FLOAT32, false)
                            .div(255)
                            .sub(manager.create(new float[] {0.485f, 0.456f, 0.406f}))
                            .div(manager.create(new float[] {0.229f, 0.224f, 0.225f}));
            return program.run(normalised.transpose(0, 3, 1, 2))
                    .transpose(0, 2, 3, 1)
                    .toFloatArray();
        }
    }
}
