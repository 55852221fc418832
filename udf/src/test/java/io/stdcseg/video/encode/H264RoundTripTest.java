// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.video.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264RoundTripTest {

    private static final int ROWS = 48;
    private static final int COLUMNS = 64;

    /** Of a fine quantiser little more is lost than rounding to YUV, of the coarsest a lot. */
    @Test
    void losesMoreTheCoarserTheQuantiser() {
        byte[] waves = waves(ROWS, COLUMNS);
        double fine = lost(waves, after(waves, ROWS, COLUMNS, 10, 3, -2));
        double usual = lost(waves, after(waves, ROWS, COLUMNS, 30, 3, -2));
        double coarse = lost(waves, after(waves, ROWS, COLUMNS, 51, 3, -2));

        assertThat(fine).isLessThan(2);
        assertThat(usual).isBetween(1.2 * fine, coarse / 2);
        assertThat(coarse).isLessThan(60);
    }

    /** Without colour nothing is lost to chroma, and a plain picture has nothing to quantise. */
    @ParameterizedTest
    @CsvSource({"16, 16", "33, 51", "48, 65", "37, 32"})
    void picturesOfAnySizeKeepTheirGrey(int rows, int columns) {
        byte[] grey = new byte[3 * rows * columns];
        Arrays.fill(grey, (byte) 120);

        byte[] after = after(grey, rows, columns, 20, 5, 5);

        assertThat(IntStream.range(0, after.length).map(i -> after[i] & 0xff).boxed())
                .allMatch(level -> Math.abs(level - 120) <= 2);
    }

    /** A red half stays on its side, and red: planes and colours are where they belong. */
    @Test
    void coloursKeepTheirPlaces() {
        byte[] picture = new byte[3 * ROWS * COLUMNS];
        for (int i = 0; i < picture.length; i += 3) {
            picture[i + (i / 3 % COLUMNS < COLUMNS / 2 ? 0 : 2)] = (byte) 200;
        }

        byte[] after = after(picture, ROWS, COLUMNS, 20, 0, 0);

        int left = 3 * (20 * COLUMNS + 10);
        int right = 3 * (20 * COLUMNS + 50);
        assertThat(after[left] & 0xff).isBetween(190, 210);
        assertThat(after[left + 2] & 0xff).isLessThan(12);
        assertThat(after[right] & 0xff).isLessThan(12);
        assertThat(after[right + 2] & 0xff).isBetween(190, 210);
    }

    @Test
    void threadsSideBySideMakeTheSame() {
        byte[] waves = waves(ROWS, COLUMNS);

        List<byte[]> all =
                IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(i -> after(waves, ROWS, COLUMNS, 35, 4, 1))
                        .toList();

        assertThat(all).allMatch(one -> Arrays.equals(one, all.get(0)));
    }

    /** What is predicted from a moved picture has other artefacts than one that stood still. */
    @Test
    void motionLeavesItsTraces() {
        byte[] waves = waves(ROWS, COLUMNS);

        assertThat(after(waves, ROWS, COLUMNS, 40, 7, 3))
                .isNotEqualTo(after(waves, ROWS, COLUMNS, 40, 0, 0));
    }

    private static byte[] after(
            byte[] picture, int rows, int columns, int quantiser, int across, int down) {
        byte[] copy = picture.clone();
        try (H264RoundTrip codec = new H264RoundTrip(rows, columns, quantiser)) {
            codec.apply(copy, across, down);
        }
        return copy;
    }

    private static byte[] waves(int rows, int columns) {
        byte[] rgb = new byte[3 * rows * columns];
        for (int i = 0; i < rgb.length; i++) {
            int x = i / 3 % columns;
            int y = i / 3 / columns;
            rgb[i] = (byte) Math.round(128 + 90 * Math.sin(x / 1.7) * Math.cos(y / 2.3));
        }
        return rgb;
    }

    /** Levels that a sample loses on average. */
    private static double lost(byte[] before, byte[] after) {
        return IntStream.range(0, before.length)
                .map(i -> Math.abs((before[i] & 0xff) - (after[i] & 0xff)))
                .average()
                .orElse(0);
    }
}
