// SPDX-FileCopyrightText: The stdc-flink authors
// SPDX-License-Identifier: Apache-2.0
package io.stdcseg.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelCounterTest {

    private static final int CLASSES = 5;
    private static final byte IGNORE = -1;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 0.02",
        "7, 5, 0.2",
        "64, 9, 0.02",
        "65, 40, 0.06",
        "130, 70, 0.02",
        "200, 90, 0.1",
        "90, 300, 0.21",
        "60, 20, 0.9"
    })
    void countsWhatErosionsPixelByPixelCount(int columns, int rows, double share) {
        Random random = new Random(columns);
        PixelCounter counter = new PixelCounter(columns, rows, CLASSES, share);
        for (int picture = 0; picture < 3; picture++) {
            byte[] labels = scene(random, columns, rows, true);
            byte[] predictions =
                    picture == 2 ? labels.clone() : scene(random, columns, rows, false);
            for (int i = 0; i < predictions.length; i++) {
                predictions[i] = predictions[i] == IGNORE ? 0 : predictions[i];
            }

            PixelCounts counts =
                    counter.count(ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions));

            int distance = Math.max(1, (int) Math.rint(share * Math.hypot(columns, rows)));
            PixelCounts expected = slowly(labels, predictions, columns, rows, distance);
            assertThat(counts.confusion()).isEqualTo(expected.confusion());
            assertThat(counts.boundary()).isEqualTo(expected.boundary());
        }
    }

    /**
     * From the authors' definition: each class, in a frame of zeros, without what is left of it
     * when it is eroded by 3x3 ones as often as the distance says.
     */
    @Test
    void aShiftedSquareHasThePublishedScore() {
        int size = 100;
        byte[] labels = new byte[size * size];
        byte[] predictions = new byte[size * size];
        for (int y = 30; y < 70; y++) {
            for (int x = 30; x < 70; x++) {
                labels[y * size + x] = 1;
                predictions[(y + 2) * size + x + 3] = 1;
            }
        }

        PixelCounts counts =
                new PixelCounter(size, size, 2, PixelCounter.BOUNDARY)
                        .count(ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions));

        assertThat(counts.boundaryIou()).containsExactly(1262.0 / 2098, 86.0 / 802);
    }

    @Test
    void aMaskThatEqualsItsLabelIsRightWhateverIsIgnored() {
        byte[] labels = scene(new Random(3), 120, 80, true);
        byte[] predictions = labels.clone();
        for (int i = 0; i < predictions.length; i++) {
            predictions[i] = predictions[i] == IGNORE ? (byte) (i % CLASSES) : predictions[i];
        }

        PixelCounts counts =
                new PixelCounter(120, 80, CLASSES, PixelCounter.BOUNDARY)
                        .count(ByteBuffer.wrap(labels), ByteBuffer.wrap(predictions));

        // The last class has no score where no disc is of it.
        assertThat(Arrays.stream(counts.boundaryIou()).filter(iou -> !Double.isNaN(iou)))
                .isNotEmpty()
                .containsOnly(1.0);
    }

    @Test
    void partsAddUp() {
        PixelCounter counter = new PixelCounter(3, 1, 2, PixelCounter.BOUNDARY);
        PixelCounts a = counter.count(bytes(0, 1, 1), bytes(0, 1, 0));
        PixelCounts b = counter.count(bytes(1, 1, 1), bytes(1, 1, 1));

        assertThat(a.plus(b).confusion()).containsExactly(1, 0, 1, 4);
        assertThatThrownBy(() -> a.plus(PixelCounts.none(3)))
                .hasMessage("4 counts do not add to 9 of other classes");
    }

    @Test
    void whatIsNoTrainIdIsNamed() {
        PixelCounter counter = new PixelCounter(3, 1, 2, PixelCounter.BOUNDARY);

        assertThatThrownBy(() -> counter.count(bytes(0, 1, 1), bytes(0, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("label 1 and prediction 2 of pixel 2 are not both below 2");
    }

    private static ByteBuffer bytes(int... ids) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(ids.length);
        for (int i = 0; i < ids.length; i++) {
            buffer.put(i, (byte) ids[i]);
        }
        return buffer;
    }

    /** Discs of some classes, and a few single pixels. */
    private static byte[] scene(Random random, int columns, int rows, boolean ignored) {
        byte[] ids = new byte[columns * rows];
        for (int disc = 0; disc < 9; disc++) {
            int x0 = random.nextInt(columns);
            int y0 = random.nextInt(rows);
            int radius = 1 + random.nextInt(1 + Math.max(columns, rows) / 4);
            byte id = ignored && disc == 8 ? IGNORE : (byte) random.nextInt(CLASSES);
            for (int i = 0; i < ids.length; i++) {
                if (Math.hypot(i % columns - x0, i / columns - y0) < radius) {
                    ids[i] = id;
                }
            }
        }
        ids[random.nextInt(ids.length)] = 1;
        return ids;
    }

    private static PixelCounts slowly(
            byte[] labels, byte[] predictions, int columns, int rows, int distance) {
        PixelCounts counts = PixelCounts.none(CLASSES);
        byte[] shown = predictions.clone();
        for (int i = 0; i < shown.length; i++) {
            shown[i] = labels[i] == IGNORE ? IGNORE : shown[i];
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] != IGNORE) {
                boolean onLabel = onBoundary(labels, i, columns, rows, distance);
                boolean onPrediction = onBoundary(shown, i, columns, rows, distance);
                counts.add(labels[i], predictions[i], 1);
                counts.addBoundary(
                        labels[i],
                        predictions[i],
                        onLabel ? 1 : 0,
                        onPrediction ? 1 : 0,
                        onLabel && onPrediction ? 1 : 0);
            }
        }
        return counts;
    }

    private static boolean onBoundary(byte[] ids, int at, int columns, int rows, int distance) {
        for (int y = at / columns - distance; y <= at / columns + distance; y++) {
            for (int x = at % columns - distance; x <= at % columns + distance; x++) {
                boolean inside = x >= 0 && x < columns && y >= 0 && y < rows;
                if (!inside || ids[y * columns + x] != ids[at]) {
                    return true;
                }
            }
        }
        return false;
    }
}
