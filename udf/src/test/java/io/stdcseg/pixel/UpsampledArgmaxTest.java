// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpsampledArgmaxTest {

    private static final int CASES = 80;

    @ParameterizedTest
    @EnumSource(ScoreMap.class)
    void itEqualsThePlainComputationOnEveryPixel(ScoreMap kind) {
        for (int seed = 0; seed < CASES; seed++) {
            Random random = new Random(seed);
            int classes = 2 + random.nextInt(random.nextInt(8) == 0 ? 40 : 9);
            int[][] sizes = sizes(random);
            float[] scores = kind.make(random, classes, sizes[0][0], sizes[0][1]);

            assertThat(argmax(classes, sizes, scores))
                    .as("seed %d, %d classes, %s", seed, classes, Arrays.deepToString(sizes))
                    .isEqualTo(PlainArgmax.of(classes, sizes, scores));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "11, 45, 80, 360, 640, 720, 1280",
        "11, 45, 80, 360, 640, 360, 640",
        "19, 64, 128, 512, 1024, 1024, 2048",
        "11, 45, 60, 360, 480, 360, 480",
        "11, 90, 160, 720, 1280, 360, 640",
        "11, 34, 60, 270, 480, 540, 961",
    })
    void itEqualsThePlainComputationAtFullSize(
            int classes,
            int rows,
            int columns,
            int netHeight,
            int netWidth,
            int height,
            int width) {
        int[][] sizes = {{rows, columns}, {netHeight, netWidth}, {height, width}};
        float[] scores = ScoreMap.SMOOTH.make(new Random(1), classes, rows, columns);

        byte[] ids = argmax(classes, sizes, scores);

        assertThat(ids).isEqualTo(PlainArgmax.of(classes, sizes, scores));
        assertThat(ids).as("several classes").contains(0, 1, 2);
    }

    @Test
    void anInstanceForgetsThePictureBefore() {
        int[][] sizes = {{9, 12}, {65, 90}, {130, 180}};
        UpsampledArgmax argmax = plan(6, sizes, Partition.WHOLE);
        ByteBuffer ids = ByteBuffer.allocateDirect(130 * 180);

        for (ScoreMap kind : ScoreMap.values()) {
            float[] scores = kind.make(new Random(3), 6, 9, 12);
            argmax.write(direct(scores), ids);

            assertThat(bytes(ids)).as("%s", kind).isEqualTo(PlainArgmax.of(6, sizes, scores));
        }
    }

    @Test
    void whatLiesBehindThePictureInABufferStays() {
        int[][] sizes = {{2, 3}, {9, 17}, {9, 17}};
        float[] scores = ScoreMap.NOISE.make(new Random(4), 3, 2, 3);
        float[] longer = Arrays.copyOf(scores, scores.length + 5);
        ByteBuffer ids = ByteBuffer.allocate(9 * 17 + 1).put(9 * 17, (byte) 99).position(7);

        plan(3, sizes, Partition.WHOLE).write(FloatBuffer.wrap(longer).position(2), ids);

        assertThat(ids.position()).isEqualTo(7);
        assertThat(ids.get(9 * 17)).isEqualTo((byte) 99);
        assertThat(Arrays.copyOf(ids.array(), 9 * 17)).isEqualTo(PlainArgmax.of(3, sizes, scores));
    }

    @Test
    void aPictureLeavesNoGarbage() {
        UpsampledArgmax argmax =
                plan(11, new int[][] {{45, 80}, {360, 640}, {720, 1280}}, Partition.WHOLE);
        FloatBuffer scores = direct(ScoreMap.SMOOTH.make(new Random(5), 11, 45, 80));
        ByteBuffer ids = ByteBuffer.allocateDirect(720 * 1280);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        argmax.write(scores, ids);
        long before = threads.getCurrentThreadAllocatedBytes();
        argmax.write(scores, ids);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(10_000);
    }

    /** Mostly those of a network, which gives a score per 8 pixels; the rest is odd. */
    private static int[][] sizes(Random random) {
        int[] net = {1 + random.nextInt(90), 1 + random.nextInt(90)};
        int[] coarse = {(net[0] + 7) / 8, (net[1] + 7) / 8};
        int[] out = {1 + random.nextInt(150), 1 + random.nextInt(150)};
        switch (random.nextInt(6)) {
            case 0 -> out = net;
            case 1 -> out = new int[] {2 * net[0], 2 * net[1]};
            case 2 -> out[random.nextInt(2)] = 1;
            case 3 -> coarse = new int[] {1 + random.nextInt(30), 1 + random.nextInt(30)};
            case 4 -> out[0] = net[0];
            default -> {}
        }
        return new int[][] {coarse, net, out};
    }

    private static byte[] argmax(int classes, int[][] sizes, float[] scores) {
        ByteBuffer ids = ByteBuffer.allocateDirect(sizes[2][0] * sizes[2][1]);
        for (Partition part : Partition.split(1 + sizes[2][0] % 3)) {
            plan(classes, sizes, part).write(direct(scores), ids);
        }
        return bytes(ids);
    }

    private static UpsampledArgmax plan(int classes, int[][] sizes, Partition part) {
        return new UpsampledArgmax(
                classes,
                sizes[0][0],
                sizes[0][1],
                sizes[1][0],
                sizes[1][1],
                sizes[2][0],
                sizes[2][1],
                part);
    }

    private static FloatBuffer direct(float[] scores) {
        return ByteBuffer.allocateDirect(scores.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer()
                .put(0, scores);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }
}
